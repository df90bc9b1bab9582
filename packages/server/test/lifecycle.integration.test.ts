import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

const customerId = "ann";
type PlanId = "free" | "pro" | "premium" | "ultra";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts, paykit: { testing: { testClocks: true } } });
  await shop.paykit.upsertCustomer({ id: customerId, email: "ann@example.com" });
});
afterAll(() => shop.close());

async function state() {
  await shop.sandbox.settled();
  const customer = await shop.paykit.getCustomer({ id: customerId });
  const [plan] = customer?.subscriptions ?? [];
  return { plan, messages: customer?.entitlements.messages };
}

async function invoices() {
  const { invoices: list } = await shop.paykit.listInvoices({ customerId });
  return list.map(({ total, status }) => [total, status]);
}

const go = (planId: PlanId) =>
  shop.paykit.subscribe({ customerId, planId, successUrl: "https://app.example.com/billing" });

/** Days after now, by the customer's clock. */
async function pass(days: number) {
  const { now } = await shop.paykit.getTestClock({ customerId });
  await shop.paykit.advanceTestClock({ customerId, to: new Date(now.getTime() + days * 86_400_000) });
}

describe("the life of a customer, by a test clock", () => {
  it("begins on Free, with 100 messages and nothing at Stripe", async () => {
    const { plan, messages } = await state();
    expect(plan).toMatchObject({ planId: "free", isDefault: true, currentPeriodEnd: null });
    expect(messages).toMatchObject({ balance: 100, limit: 100 });
    expect(shop.sandbox.requests).toEqual([]);
    await shop.paykit.report({ customerId, featureId: "messages", amount: 30 });
    expect((await state()).messages).toMatchObject({ balance: 70, usage: 30 });
  });

  it("starts Premium on Stripe's page: 50.00 are paid, 5,000 messages are there", async () => {
    const { paymentUrl, invoice, requiredAction } = await go("premium");
    expect([invoice, requiredAction]).toEqual([null, null]);
    expect((await state()).plan).toMatchObject({ planId: "free" });
    await shop.pay(paymentUrl ?? "");
    const { plan, messages } = await state();
    expect(plan).toMatchObject({
      planId: "premium",
      status: "active",
      willRenew: true,
      cancelAtPeriodEnd: false,
    });
    expect(messages).toMatchObject({ balance: 5000, limit: 5000 });
    expect(await invoices()).toEqual([[5000, "paid"]]);
  });

  it("upgrades to Ultra half way for the difference that the preview told, to the cent", async () => {
    await pass(10);
    const preview = await shop.paykit.previewSubscribe({ customerId, planId: "ultra" });
    expect(preview).toMatchObject({ kind: "upgrade", currency: "usd", next: { total: 20_000 } });
    const { invoice, paymentUrl } = await go("ultra");
    expect(paymentUrl).toBeNull();
    expect(invoice).toMatchObject({ status: "paid", total: preview.total });
    // 150.00 more a month, for 18 to 21 of 28 to 31 days.
    expect(preview.total).toBeGreaterThan(9_600);
    expect(preview.total).toBeLessThan(10_200);
    const { plan, messages } = await state();
    expect(plan).toMatchObject({ planId: "ultra", status: "active" });
    expect(messages).toMatchObject({ balance: 20_000, limit: 20_000 });
  });

  it("schedules the way down to Pro for the end of the period, and costs nothing until then", async () => {
    const before = await state();
    const preview = await shop.paykit.previewSubscribe({ customerId, planId: "pro" });
    expect(preview).toMatchObject({ kind: "downgrade", total: 0, lines: [] });
    expect(preview).toMatchObject({
      effectiveAt: before.plan?.currentPeriodEnd,
      next: { total: 2000, at: before.plan?.currentPeriodEnd },
    });
    await go("pro");
    const { plan, messages } = await state();
    expect(plan).toMatchObject({
      planId: "ultra",
      scheduledPlanId: "pro",
      scheduledAt: before.plan?.currentPeriodEnd,
      willRenew: false,
    });
    expect(messages).toMatchObject({ balance: 20_000 });
    expect(await invoices()).toHaveLength(2);
  });

  it("takes the schedule back when the current plan is chosen again", async () => {
    await go("ultra");
    expect((await state()).plan).toMatchObject({ planId: "ultra", scheduledPlanId: null, willRenew: true });
  });

  it("changes to Pro at the end of the period: 20.00 for the next one, 1,000 messages", async () => {
    await go("pro");
    await pass(25);
    const { plan, messages } = await state();
    expect(plan).toMatchObject({ planId: "pro", status: "active", scheduledPlanId: null });
    expect(messages).toMatchObject({ balance: 1000, limit: 1000 });
    expect((await invoices())[0]).toEqual([2000, "paid"]);
    expect(await invoices()).toHaveLength(3);
  });

  it("cancels to Free: Pro until the end of the period, and the page can say until when", async () => {
    await go("free");
    const { plan } = await state();
    expect(plan).toMatchObject({
      planId: "pro",
      status: "active",
      cancelAtPeriodEnd: true,
      willRenew: false,
      scheduledPlanId: "free",
    });
    expect(plan?.endsAt).toEqual(plan?.currentPeriodEnd);
  });

  it("is back on Free after it, with Free's 100 messages and nothing live at Stripe", async () => {
    await pass(35);
    const { plan, messages } = await state();
    expect(plan).toMatchObject({ planId: "free", isDefault: true });
    expect(messages).toMatchObject({ limit: 100, balance: 100 });
    const rows = await shop.database.sql<{ status: string }>("select status from paykit_subscription");
    expect(rows).toEqual([{ status: "canceled" }]);
    expect(await invoices()).toHaveLength(3);
  });

  it("buys again with the card on file, at once", async () => {
    const { paymentUrl, invoice } = await go("premium");
    expect(paymentUrl).toBeNull();
    expect(invoice).toMatchObject({ total: 5000, status: "paid" });
    expect((await state()).plan).toMatchObject({ planId: "premium", status: "active" });
    expect(shop.calls(/^POST \/v1\/customers$/)).toHaveLength(1);
  });
});
