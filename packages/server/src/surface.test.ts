import { describe, expect, it } from "vitest";
import * as contract from "./contract/index.js";
import * as main from "./index.js";

describe("@paykit/server", () => {
  it("exports what the documentation says and nothing else", () => {
    expect(Object.keys(main).sort()).toEqual([
      "PayKitError",
      "createPayKit",
      "feature",
      "isPayKitError",
      "migrateDatabase",
      "plan",
      "product",
    ]);
  });

  it("gives an app these verbs", () => {
    const stripe = { secretKey: "sk_test_x", webhookSecret: "whsec_x" };
    const paykit = main.createPayKit({ products: [], database: "postgres://127.0.0.1:1/none", stripe });
    expect(Object.keys(paykit).sort()).toEqual([
      "$infer",
      "addAddOn",
      "advanceTestClock",
      "check",
      "close",
      "confirmReservation",
      "createCheckoutUrl",
      "customer",
      "customerPortal",
      "deleteCustomer",
      "getCustomer",
      "getPaymentMethod",
      "getState",
      "getTestClock",
      "grantProduct",
      "handler",
      "identify",
      "listCustomers",
      "listInvoices",
      "listLedger",
      "migrate",
      "migrateCustomers",
      "previewSubscribe",
      "products",
      "reconcile",
      "releaseReservation",
      "removeAddOn",
      "report",
      "reserve",
      "runEntitled",
      "subscribe",
      "trimLedger",
      "upsertCustomer",
      "withEntitlement",
    ]);
  });
});

describe("@paykit/server/contract", () => {
  it("exports functions and tables that need no server", () => {
    expect(Object.keys(contract)).toEqual(
      expect.arrayContaining(["classifyChange", "evaluateEntitlement", "routes"]),
    );
  });
});
