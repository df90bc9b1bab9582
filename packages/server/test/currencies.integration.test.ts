import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plan, product } from "../src/index.js";
import { openShop, type Shop } from "./shop.js";

const month = "month" as const;
const products = [
  plan({ id: "free", group: "base", default: true }),
  plan({ id: "starter", group: "base" }),
  plan({ id: "pro", group: "base", price: { amount: 20, currency: "eur", interval: month } }),
  plan({ id: "pro_us", group: "base", price: { amount: 22, currency: "usd", interval: month } }),
  plan({ id: "support_us", price: { amount: 5, currency: "usd", interval: month } }),
  product({ id: "pack_us", price: { amount: 10, currency: "usd" } }),
] as const;
const returnUrl = "https://app.example.com/billing";
const mismatch = { code: "CURRENCY_MISMATCH", status: 409, message: expect.stringContaining("EUR") };

describe("plans in two currencies", () => {
  let shop: Shop<typeof products>;
  beforeAll(async () => {
    shop = await openShop({ products, paykit: { testing: { testClocks: true } } });
  });
  afterAll(() => shop.close());

  async function withCard(customerId: string): Promise<void> {
    await shop.paykit.upsertCustomer({ id: customerId });
    await shop.paykit.customerPortal({ customerId, returnUrl });
    const customer = await shop.stripeId(customerId);
    const { id } = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  }

  it("are not dearer or cheaper than each other: CURRENCY_MISMATCH, before anything is sent", async () => {
    await withCard("ann");
    const ann = { customerId: "ann" } as const;
    await shop.paykit.subscribe({ ...ann, planId: "pro" });
    await shop.sandbox.settled();
    const before = shop.ownCommands().length;
    const attempts = [
      () => shop.paykit.subscribe({ ...ann, planId: "pro_us" }),
      () => shop.paykit.previewSubscribe({ ...ann, planId: "pro_us" }),
      () => shop.paykit.createCheckoutUrl({ ...ann, productId: "pro_us", successUrl: returnUrl }),
      () => shop.paykit.subscribe({ ...ann, planId: "pro", addOnPlanIds: ["support_us"] }),
      () => shop.paykit.addAddOn({ ...ann, planId: "support_us" }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(mismatch);
    expect(shop.ownCommands()).toHaveLength(before);
  });

  it("follow each other once the first has ended; a one-time product is in any currency", async () => {
    await withCard("bob");
    const bob = { customerId: "bob" } as const;
    await shop.paykit.subscribe({ ...bob, planId: "pro" });
    const url = await shop.paykit.createCheckoutUrl({ ...bob, productId: "pack_us", successUrl: returnUrl });
    expect((await shop.pay(url)).location).toContain("session_id");
    await shop.paykit.subscribe({ ...bob, planId: "free" });
    await shop.sandbox.settled();
    const { subscriptions } = (await shop.paykit.getCustomer({ id: "bob" })) ?? { subscriptions: [] };
    const end = subscriptions[0]?.currentPeriodEnd?.getTime() ?? 0;
    await shop.paykit.advanceTestClock({ ...bob, to: new Date(end + 3_600_000) });
    const { invoice } = await shop.paykit.subscribe({ ...bob, planId: "pro_us" });
    expect(invoice).toMatchObject({ total: 2200, currency: "usd", status: "paid" });
  });

  it("hold a plan without a price in the catalog's currency, so that it can become Pro: 20.00 EUR", async () => {
    await withCard("carl");
    await shop.paykit.subscribe({ customerId: "carl", planId: "starter" });
    const { invoice } = await shop.paykit.subscribe({ customerId: "carl", planId: "pro" });
    expect(invoice).toMatchObject({ total: 2000, currency: "eur", status: "paid" });
  });
});
