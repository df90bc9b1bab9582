/** How an app binds its ids, and what then does not compile. Type-checked by `registered/tsconfig.json`, never run. */
import {
  CheckoutButton,
  Entitled,
  ItemBalance,
  SubscribeButton,
  UsageMeter,
  useEntitlement,
  useItem,
  usePayKitCustomer,
  useSubscribe,
} from "@paykit/react";
import { createPayKit, feature, plan, product } from "@paykit/server";

const messages = feature({ id: "messages", type: "metered", name: "Messages" });
const credits = feature({ id: "credits", type: "metered", name: "Credits" });
const proModels = feature({ id: "pro_models", type: "boolean", name: "Pro models" });
const free = plan({
  id: "free",
  name: "Free",
  group: "base",
  default: true,
  includes: [messages({ limit: 100, reset: "month" })],
});
const pro = plan({
  id: "pro",
  name: "Pro",
  group: "base",
  price: { amount: "19", interval: "month" },
  includes: [proModels()],
});
const pack = product({
  id: "credit_pack",
  name: "500 credits",
  price: { amount: "9.99" },
  includes: [credits({ quantity: 500 })],
});
const paykit = createPayKit({ products: [free, pro, pack] });

declare module "@paykit/react" {
  interface Register {
    paykit: typeof paykit;
  }
}

export function App() {
  const { customer } = usePayKitCustomer();
  const { subscribe } = useSubscribe();
  useEntitlement("pro_models");
  useItem("credits");
  customer?.getItem("messages");
  void customer?.createCheckoutUrl({ productId: "credit_pack" });
  void subscribe({ planId: "free" });

  // @ts-expect-error no such feature
  useEntitlement("pro_model");
  // @ts-expect-error a boolean feature has no quantity
  useItem("pro_models");
  // @ts-expect-error no such item
  customer?.getItem("credit");
  // @ts-expect-error no such product
  void customer?.createCheckoutUrl({ productId: "credits" });
  // @ts-expect-error a one-time product is not a plan
  void subscribe({ planId: "credit_pack" });

  return (
    <>
      <CheckoutButton productId="pro" />
      <SubscribeButton planId="pro" />
      <UsageMeter feature="messages" />
      <ItemBalance item="credits" />
      <Entitled feature="pro_models" />
      {/* @ts-expect-error no such product */}
      <CheckoutButton productId="por" />
      {/* @ts-expect-error a one-time product is not a plan */}
      <SubscribeButton planId="credit_pack" />
      {/* @ts-expect-error a boolean feature has no meter */}
      <UsageMeter feature="pro_models" />
      {/* @ts-expect-error no such item */}
      <ItemBalance item="message" />
      {/* @ts-expect-error no such feature */}
      <Entitled feature="pro" />
    </>
  );
}
