import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PriceInterval } from "../src/contract/index.js";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

const dayMs = 86_400_000;
const returnUrl = "https://app.example.com/billing";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts, paykit: { testing: { testClocks: true } } });
});
afterAll(() => shop.close());

/** On Ultra, 200.00 a month and paid. */
async function onUltra(customerId: string): Promise<string> {
  await shop.paykit.upsertCustomer({ id: customerId });
  await shop.paykit.customerPortal({ customerId, returnUrl });
  const customer = await shop.stripeId(customerId);
  const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await shop.paykit.subscribe({ customerId, planId: "ultra" });
  return customer;
}

async function plan(id: string) {
  await shop.sandbox.settled();
  return (await shop.paykit.getCustomer({ id }))?.subscriptions[0];
}

async function totals(customerId: string) {
  const { invoices } = await shop.paykit.listInvoices({ customerId });
  return invoices.map(({ total, status }) => [total, status]);
}

async function passPeriod(customerId: string): Promise<void> {
  const end = (await plan(customerId))?.currentPeriodEnd?.getTime() ?? 0;
  await shop.paykit.advanceTestClock({ customerId, to: new Date(end + dayMs) });
}

type Target = { planId: "free" | "pro" | "premium" | "ultra"; interval?: PriceInterval };

describe("subscribe, when a change is scheduled already", () => {
  it("schedules the last that was chosen, Pro and not Premium: one schedule, 20.00", async () => {
    await onUltra("ann");
    const choose = (target: Target) => shop.paykit.subscribe({ customerId: "ann", ...target });
    await choose({ planId: "premium" });
    expect(await plan("ann")).toMatchObject({ planId: "ultra", scheduledPlanId: "premium" });
    await choose({ planId: "pro" });
    expect(await plan("ann")).toMatchObject({ planId: "ultra", scheduledPlanId: "pro" });
    expect(shop.calls(/^POST \/v1\/subscription_schedules$/)).toHaveLength(1);
    await passPeriod("ann");
    expect(await plan("ann")).toMatchObject({ planId: "pro", status: "active", interval: [1, "month"] });
    expect(await totals("ann")).toEqual([
      [2000, "paid"],
      [20_000, "paid"],
    ]);
  });

  it("schedules Premium by the year in place of Pro by the month: 500.00 for a year from then on", async () => {
    await onUltra("bob");
    const choose = (target: Target) => shop.paykit.subscribe({ customerId: "bob", ...target });
    await choose({ planId: "pro" });
    const target = { planId: "premium", interval: "year" } as const;
    const preview = await shop.paykit.previewSubscribe({ customerId: "bob", ...target });
    const end = (await plan("bob"))?.currentPeriodEnd;
    expect(preview).toMatchObject({ kind: "downgrade", total: 0, next: { total: 50_000, at: end } });
    await choose(target);
    expect(await plan("bob")).toMatchObject({ planId: "ultra", scheduledPlanId: "premium" });
    await passPeriod("bob");
    const premium = await plan("bob");
    expect(premium).toMatchObject({ planId: "premium", interval: [1, "year"], currentPeriodStart: end });
    const days = ((premium?.currentPeriodEnd?.getTime() ?? 0) - (end?.getTime() ?? 0)) / dayMs;
    expect([365, 366]).toContain(days);
    expect((await totals("bob"))[0]).toEqual([50_000, "paid"]);
  });

  it("goes back from a scheduled year to a month of the same plan: 50.00", async () => {
    await onUltra("carl");
    const choose = (target: Target) => shop.paykit.subscribe({ customerId: "carl", ...target });
    await choose({ planId: "premium", interval: "year" });
    await choose({ planId: "premium", interval: "month" });
    await passPeriod("carl");
    expect(await plan("carl")).toMatchObject({ planId: "premium", interval: [1, "month"] });
    expect((await totals("carl"))[0]).toEqual([5000, "paid"]);
  });

  it("cancels in place of a scheduled Pro, and schedules Pro in place of a cancellation", async () => {
    await onUltra("dora");
    const choose = (target: Target) => shop.paykit.subscribe({ customerId: "dora", ...target });
    await choose({ planId: "pro" });
    await choose({ planId: "free" });
    expect(await plan("dora")).toMatchObject({ scheduledPlanId: "free", cancelAtPeriodEnd: true });
    await choose({ planId: "pro" });
    expect(await plan("dora")).toMatchObject({ scheduledPlanId: "pro", cancelAtPeriodEnd: false });
    await passPeriod("dora");
    expect(await plan("dora")).toMatchObject({ planId: "pro", status: "active" });
  });

  it("keeps a scheduled year when the card is declined at an upgrade in between", async () => {
    const stripeId = await onUltra("emil");
    const choose = (target: Target) => shop.paykit.subscribe({ customerId: "emil", ...target });
    await choose({ planId: "pro" });
    await passPeriod("emil");
    await choose({ planId: "premium" });
    await choose({ planId: "pro", interval: "year" });
    expect(await plan("emil")).toMatchObject({ planId: "premium", scheduledPlanId: "pro" });
    shop.sandbox.faults.cards(stripeId, "decline");
    await expect(choose({ planId: "ultra" })).rejects.toMatchObject({ code: "CARD_DECLINED" });
    shop.sandbox.faults.cards(stripeId, null);
    expect(await plan("emil")).toMatchObject({ planId: "premium", scheduledPlanId: "pro" });
    await passPeriod("emil");
    expect(await plan("emil")).toMatchObject({ planId: "pro", interval: [1, "year"], status: "active" });
    expect((await totals("emil"))[0]).toEqual([20_000, "paid"]);
  });
});
