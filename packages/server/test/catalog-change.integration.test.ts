import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { feature, plan } from "../src/index.js";
import { createTestPayKit } from "./paykit.js";
import { openShop, type Shop, stripeOf } from "./shop.js";

const messages = feature({ id: "messages", type: "metered" });
const sell = (amount: string, limit: number) =>
  [
    plan({ id: "free", group: "base", default: true, includes: [messages({ limit: 10, reset: "month" })] }),
    plan({
      id: "pro",
      group: "base",
      price: { amount, interval: "month" },
      includes: [messages({ limit, reset: "month" })],
    }),
  ] as const;
const before = sell("20", 1_000);
const after = sell("25", 1_500);
const successUrl = "https://app.example.com/";

let shop: Shop<typeof before>;
let edited: Shop<typeof after>["paykit"];

async function buy(paykit: Shop<typeof before>["paykit"], customerId: string) {
  await paykit.upsertCustomer({ id: customerId });
  await shop.pay(await paykit.createCheckoutUrl({ customerId, productId: "pro", successUrl }));
  await paykit.reconcile();
}

async function limitOf(customerId: string) {
  return (await edited.getCustomer({ id: customerId }))?.entitlements.messages.limit;
}

beforeAll(async () => {
  shop = await openShop({ products: before, webhooks: false });
  edited = createTestPayKit<typeof after>(shop.database.option, {
    products: after,
    ...stripeOf(shop.sandbox),
  }).paykit;
  for (const id of ["ann", "bob", "carl"]) await buy(shop.paykit, id);
});
afterAll(() => shop.close());

describe("a plan that the team edits", () => {
  it("stays what it was for who bought it, also when everybody is read again", async () => {
    await edited.reconcile();
    expect(await Promise.all(["ann", "bob", "carl"].map(limitOf))).toEqual([1000, 1000, 1000]);
  });

  it("is sold as it is now, at another price of Stripe's", async () => {
    await buy(edited as unknown as Shop<typeof before>["paykit"], "dora");
    expect(await limitOf("dora")).toBe(1500);
    const { data } = await shop.stripe.prices.list();
    expect(data.map(({ unit_amount }) => unit_amount).sort()).toEqual([2000, 2500]);
  });

  it("is moved on by migrateCustomers, in pages, and a second run finds nobody", async () => {
    const first = await edited.migrateCustomers({ planId: "pro", to: "latest", limit: 2 });
    expect(first).toEqual({ migrated: 2, skipped: [], cursor: "bob" });
    expect(await Promise.all(["ann", "bob", "carl"].map(limitOf))).toEqual([1500, 1500, 1000]);
    const rest = await edited.migrateCustomers({
      planId: "pro",
      to: "latest",
      cursor: first.cursor ?? undefined,
    });
    expect(rest).toEqual({ migrated: 1, skipped: [], cursor: null });
    expect(await limitOf("carl")).toBe(1500);
    expect(await edited.migrateCustomers({ planId: "pro", to: "latest" })).toMatchObject({ migrated: 0 });
    const { invoices } = await edited.listInvoices({ customerId: "ann" });
    expect(invoices.map(({ total }) => total)).toEqual([2000]);
  });
});

describe("coupons", () => {
  it("are the server's to choose: 20 % of 25.00 leaves 20.00", async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 20, duration: "forever" });
    await edited.upsertCustomer({ id: "emil" });
    const checkout = { customerId: "emil", productId: "pro", successUrl, coupon: coupon.id } as const;
    await shop.pay(await edited.createCheckoutUrl(checkout));
    await edited.reconcile({ since: new Date(Date.now() - 60_000) });
    const { invoices } = await edited.listInvoices({ customerId: "emil" });
    expect(invoices.map(({ total }) => total)).toEqual([2000]);
    expect(await limitOf("emil")).toBe(1500);
  });
});
