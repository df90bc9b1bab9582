import { createPayKit, feature, type PayKit, plan, product } from "./index.js";

const messages = feature({ id: "messages", type: "metered" });
const proModels = feature({ id: "pro_models", type: "boolean" });
const paykit = createPayKit({
  products: [
    plan({ id: "free", group: "base", default: true, includes: [messages({ limit: 100, reset: "month" })] }),
    plan({ id: "pro", group: "base", price: { amount: "19", interval: "month" }, includes: [proModels()] }),
    product({ id: "pack", price: { amount: "9.99" }, includes: [messages({ quantity: 500 })] }),
  ],
});

// A typo does not compile, wherever an id is taken.
void paykit.subscribe({ customerId: "ann", planId: "pro" });
// @ts-expect-error no such plan
void paykit.subscribe({ customerId: "ann", planId: "por" });
// @ts-expect-error a one-time product is not a plan
void paykit.subscribe({ customerId: "ann", planId: "pack" });
void paykit.createCheckoutUrl({ customerId: "ann", productId: "pack", interval: "month" });
// @ts-expect-error no such product
void paykit.createCheckoutUrl({ customerId: "ann", productId: "credits" });
void paykit.check({ customerId: "ann", featureId: "pro_models" });
// @ts-expect-error no such feature
void paykit.check({ customerId: "ann", featureId: "message" });
void paykit.report({ customerId: "ann", featureId: "messages" });
// @ts-expect-error a boolean feature has no quantity
void paykit.report({ customerId: "ann", featureId: "pro_models" });
void paykit.customer("ann").getItem("messages");
// @ts-expect-error a boolean feature has no quantity
void paykit.customer("ann").getItem("pro_models");
void paykit.listCustomers({ planIds: ["pro"] });
// @ts-expect-error no such plan
void paykit.listCustomers({ planIds: ["gold"] });
void paykit.migrateCustomers({ planId: "pro", to: "latest" });

const customer = await paykit.getCustomer({ id: "ann" });
const balance: number | null | undefined = customer?.entitlements.messages.balance;
void balance;
// @ts-expect-error no such feature
void customer?.entitlements.message;

// An adapter takes any app.
const any: Pick<PayKit, "handler" | "getState"> = paykit;
void any;

// Whoever decides is told who asks, and how: null for the app's own code.
void createPayKit({
  products: [],
  authorize: async ({ action, customer, product, request, identity }) => {
    const session: string | null | undefined = request?.headers.get("cookie");
    // @ts-expect-error the app's own code sends no request
    void request.headers;
    const isOwn = identity === null || identity.customerId === customer.id;
    // @ts-expect-error no such action
    return isOwn && session !== null && product?.id !== "gift" && action !== "refund";
  },
});
