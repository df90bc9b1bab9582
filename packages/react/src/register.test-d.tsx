import { describe, expectTypeOf, it } from "vitest";
import {
  type FeatureId,
  type IdsOf,
  type PayKitCustomer,
  type ProductId,
  useEntitlement,
  usePayKitCustomer,
} from "./index.js";

interface Ids {
  productId: "free" | "pro" | "credit_pack";
  planId: "free" | "pro";
  featureId: "messages" | "credits" | "pro_models";
  itemId: "messages" | "credits";
}

describe("Register", () => {
  it("leaves ids plain strings when nothing is registered", () => {
    expectTypeOf<FeatureId>().toEqualTypeOf<string>();
    expectTypeOf<ProductId>().toEqualTypeOf<string>();
    expectTypeOf(useEntitlement).parameter(0).toEqualTypeOf<string>();
  });

  it("takes the ids of what is registered", () => {
    expectTypeOf<IdsOf<{ paykit: { $infer: Ids } }>>().toEqualTypeOf<Ids>();
  });
});

describe("usePayKitCustomer", () => {
  it("has a customer when its status is ready, and none while pending", () => {
    const { status, customer } = usePayKitCustomer();
    if (status === "ready") expectTypeOf(customer).toEqualTypeOf<PayKitCustomer>();
    if (status === "pending") expectTypeOf(customer).toEqualTypeOf<null>();
    if (status === "error") expectTypeOf(customer).toEqualTypeOf<PayKitCustomer | null>();
  });

  it("hands out dates", () => {
    const { customer } = usePayKitCustomer();
    expectTypeOf(customer?.subscriptions[0]?.currentPeriodEnd).toEqualTypeOf<Date | null | undefined>();
    expectTypeOf(customer?.entitlements.messages?.nextResetAt).toEqualTypeOf<Date | null | undefined>();
  });
});

describe("useEntitlement", () => {
  it("knows nothing while it is pending", () => {
    expectTypeOf(useEntitlement("messages").allowed).toEqualTypeOf<boolean | undefined>();
    expectTypeOf(useEntitlement("messages").balance).toEqualTypeOf<number | null>();
  });
});
