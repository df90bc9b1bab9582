import { describe, expect, it } from "vitest";
import * as react from "../src/index.js";
import * as labels from "../src/labels/index.js";
import * as testing from "../src/testing/index.js";

describe("the entries", () => {
  it("@paykit/react exports this and no more", () => {
    expect(Object.keys(react).sort()).toEqual([
      "BillingPortalButton",
      "CheckoutButton",
      "Entitled",
      "InvoiceList",
      "ItemBalance",
      "PayKitProvider",
      "PricingTable",
      "SubscribeButton",
      "SubscriptionStatus",
      "UsageMeter",
      "checkoutOptions",
      "customerOptions",
      "invoicesOptions",
      "isPayKitError",
      "portalOptions",
      "previewOptions",
      "productsOptions",
      "subscribeOptions",
      "useBillingPortal",
      "useCheckout",
      "useEntitlement",
      "useInvoices",
      "useItem",
      "usePayKitCustomer",
      "usePlanChange",
      "usePreviewSubscribe",
      "useProducts",
      "useSpendItem",
      "useSubscribe",
      "useSuspenseEntitlement",
      "useSuspenseInvoices",
      "useSuspenseItem",
      "useSuspensePayKitCustomer",
      "useSuspenseProducts",
    ]);
  });

  it("@paykit/react/testing and @paykit/react/labels export this and no more", () => {
    expect(Object.keys(testing).sort()).toEqual(["PayKitTestProvider", "createTestSnapshot"]);
    expect(Object.keys(labels)).toEqual(["arabic"]);
  });
});
