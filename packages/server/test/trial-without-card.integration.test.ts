import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PayKitEvent } from "../src/index.js";
import { feature, plan } from "../src/index.js";
import { openShop, type Shop } from "./shop.js";

const dayMs = 86_400_000;
const messages = feature({ id: "messages", type: "metered" });
const products = [
  plan({ id: "free", group: "base", default: true, includes: [messages({ limit: 100, reset: "month" })] }),
  plan({
    id: "pro",
    group: "base",
    trialDays: 14,
    trialRequiresCard: false,
    price: { amount: 20, interval: "month" },
    includes: [messages({ limit: 1_000, reset: "month" })],
  }),
] as const;
const told: PayKitEvent[] = [];
let shop: Shop<typeof products>;

beforeAll(async () => {
  const on = { "*": async (event: PayKitEvent) => void told.push(event) };
  shop = await openShop({ products, paykit: { testing: { testClocks: true }, on } });
});
afterAll(() => shop.close());

async function start(customerId: string) {
  await shop.paykit.upsertCustomer({ id: customerId });
  return shop.paykit.subscribe({ customerId, planId: "pro" });
}

async function look(id: string) {
  await shop.sandbox.settled();
  const customer = await shop.paykit.getCustomer({ id });
  return { plan: customer?.subscriptions[0], limit: customer?.entitlements.messages.limit };
}

async function pass(customerId: string, days: number) {
  const { now } = await shop.paykit.getTestClock({ customerId });
  await shop.paykit.advanceTestClock({ customerId, to: new Date(now.getTime() + days * dayMs) });
}

async function totals(customerId: string) {
  const { invoices } = await shop.paykit.listInvoices({ customerId });
  return invoices.map(({ total, status }) => [total, status]);
}

describe("a trial without a card", () => {
  it("starts at once, without a page: 14 days, nothing paid, 1,000 messages", async () => {
    expect(await start("ann")).toMatchObject({ paymentUrl: null, requiredAction: null });
    const { plan: trial, limit } = await look("ann");
    expect(trial).toMatchObject({ planId: "pro", status: "trialing", isEntitled: true, willRenew: false });
    expect(limit).toBe(1000);
    const { now } = await shop.paykit.getTestClock({ customerId: "ann" });
    expect(((trial?.trialEnd?.getTime() ?? 0) - now.getTime()) / dayMs).toBeCloseTo(14, 2);
    expect(trial?.endsAt).toEqual(trial?.trialEnd);
    expect(await totals("ann")).toEqual([[0, "paid"]]);
    expect(await shop.paykit.getPaymentMethod({ customerId: "ann" })).toBeNull();
  });

  it("ends on Free when no card came: nothing was ever charged, nothing is live at Stripe", async () => {
    await pass("ann", 15);
    expect(await look("ann")).toMatchObject({ plan: { planId: "free", isDefault: true }, limit: 100 });
    expect(await totals("ann")).toEqual([[0, "paid"]]);
    const { data } = await shop.stripe.subscriptions.list({ customer: await shop.stripeId("ann") });
    expect(data).toEqual([]);
    const ends = told.filter(({ customerId, type }) => customerId === "ann" && type.endsWith("canceled"));
    expect(ends).toMatchObject([{ planId: "pro", status: "canceled" }]);
  });

  it("is over on the minute, also when nobody hears of it", async () => {
    await start("bob");
    const end = (await look("bob")).plan?.trialEnd?.getTime() ?? 0;
    const at = (time: number) =>
      shop.database.sql(
        `update paykit_customer set test_clock_now = '${new Date(time).toISOString()}' where customer_id = 'bob'`,
      );
    await at(end - 1);
    expect(await look("bob")).toMatchObject({ plan: { planId: "pro", isEntitled: true }, limit: 1000 });
    await at(end);
    expect(await look("bob")).toMatchObject({ plan: { planId: "free", isDefault: true }, limit: 100 });
  });

  it("goes on for 20.00 when a card came before its end", async () => {
    await start("carl");
    const customer = await shop.stripeId("carl");
    const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    const { plan: trial } = await look("carl");
    expect(trial).toMatchObject({ status: "trialing", willRenew: true, endsAt: null });
    await pass("carl", 15);
    expect(await look("carl")).toMatchObject({ plan: { planId: "pro", status: "active" }, limit: 1000 });
    expect((await totals("carl"))[0]).toEqual([2000, "paid"]);
  });

  it("is had once: the snapshot says so, and the second time a page asks for 20.00", async () => {
    await shop.paykit.upsertCustomer({ id: "dora" });
    const promised = async (user: string) => {
      const { body } = await shop.send("/customer", { user });
      return body.changes.find(({ planId }: { planId: string }) => planId === "pro").trialDays;
    };
    expect([await promised("ann"), await promised("dora")]).toEqual([0, 14]);
    const { paymentUrl } = await shop.paykit.subscribe({
      customerId: "ann",
      planId: "pro",
      successUrl: "https://app.example.com/billing",
    });
    expect(paymentUrl).toContain("/c/pay/");
    await shop.pay(paymentUrl ?? "");
    expect(await look("ann")).toMatchObject({ plan: { planId: "pro", status: "active", trialEnd: null } });
    expect((await totals("ann"))[0]).toEqual([2000, "paid"]);
  });
});
