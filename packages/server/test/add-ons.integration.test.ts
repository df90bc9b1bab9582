import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

const dayMs = 86_400_000;
const returnUrl = "https://app.example.com/billing";
const addOn = "single_sign_on";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts, paykit: { testing: { testClocks: true } } });
});
afterAll(() => shop.close());

/** On Premium for 50.00 with single sign-on for 5.00, both paid. */
async function withAddOn(customerId: string): Promise<void> {
  await shop.paykit.upsertCustomer({ id: customerId });
  await shop.paykit.customerPortal({ customerId, returnUrl });
  const customer = await shop.stripeId(customerId);
  const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await shop.paykit.subscribe({ customerId, planId: "premium", addOnPlanIds: [addOn] });
}

async function look(id: string) {
  await shop.sandbox.settled();
  const customer = await shop.paykit.getCustomer({ id });
  return {
    plans: customer?.subscriptions.map(({ planId }) => planId).sort(),
    sso: customer?.entitlements.sso.allowed,
    limit: customer?.entitlements.messages.limit,
  };
}

/** To one day after the end of the period that is paid for. */
async function passPeriod(customerId: string): Promise<void> {
  const customer = await shop.paykit.getCustomer({ id: customerId });
  const end = customer?.subscriptions[0]?.currentPeriodEnd?.getTime() ?? 0;
  await shop.paykit.advanceTestClock({ customerId, to: new Date(end + dayMs) });
}

async function totals(customerId: string) {
  await shop.sandbox.settled();
  const { invoices } = await shop.paykit.listInvoices({ customerId });
  return invoices.map(({ total }) => total);
}

describe("removeAddOn", () => {
  it("keeps the add-on until the end of the period, and bills 50.00 instead of 55.00 from then on", async () => {
    await withAddOn("ann");
    await shop.paykit.removeAddOn({ customerId: "ann", planId: addOn });
    expect(await look("ann")).toEqual({ plans: ["premium", addOn], sso: true, limit: 5000 });
    const customer = await shop.paykit.getCustomer({ id: "ann" });
    const [premium, sso] = ["premium", addOn].map((id) =>
      customer?.subscriptions.find(({ planId }) => planId === id),
    );
    expect(premium).toMatchObject({ willRenew: true, scheduledPlanId: null });
    expect(sso).toMatchObject({ willRenew: false, endsAt: premium?.currentPeriodEnd });
    await passPeriod("ann");
    expect(await look("ann")).toEqual({ plans: ["premium"], sso: false, limit: 5000 });
    expect(await totals("ann")).toEqual([5000, 5500]);
  });

  it("does nothing for an add-on that is not there, nor the second time", async () => {
    await withAddOn("bob");
    await shop.paykit.removeAddOn({ customerId: "bob", planId: addOn });
    await shop.paykit.removeAddOn({ customerId: "bob", planId: addOn });
    await passPeriod("bob");
    await shop.paykit.removeAddOn({ customerId: "bob", planId: addOn });
    expect(await look("bob")).toEqual({ plans: ["premium"], sso: false, limit: 5000 });
    expect(await totals("bob")).toEqual([5000, 5500]);
  });

  it("leaves a scheduled downgrade to Pro in place: 20.00 for the next period", async () => {
    await withAddOn("carl");
    await shop.paykit.subscribe({ customerId: "carl", planId: "pro" });
    await shop.paykit.removeAddOn({ customerId: "carl", planId: addOn });
    await passPeriod("carl");
    expect(await look("carl")).toEqual({ plans: ["pro"], sso: false, limit: 1000 });
    expect(await totals("carl")).toEqual([2000, 5500]);
  });

  it("outlasts a downgrade that is scheduled after it: 20.00 for the next period", async () => {
    await withAddOn("dora");
    await shop.paykit.removeAddOn({ customerId: "dora", planId: addOn });
    await shop.paykit.subscribe({ customerId: "dora", planId: "pro" });
    await passPeriod("dora");
    expect(await look("dora")).toEqual({ plans: ["pro"], sso: false, limit: 1000 });
    expect(await totals("dora")).toEqual([2000, 5500]);
  });

  it("outlasts an upgrade to Ultra: 200.00 for the next period", async () => {
    await withAddOn("emil");
    await shop.paykit.removeAddOn({ customerId: "emil", planId: addOn });
    await shop.paykit.subscribe({ customerId: "emil", planId: "ultra" });
    expect(await look("emil")).toEqual({ plans: [addOn, "ultra"], sso: true, limit: 20_000 });
    await passPeriod("emil");
    expect(await look("emil")).toEqual({ plans: ["ultra"], sso: false, limit: 20_000 });
    expect((await totals("emil"))[0]).toBe(20_000);
  });

  it("does not take back a cancellation of the whole", async () => {
    await withAddOn("fred");
    await shop.paykit.subscribe({ customerId: "fred", planId: "free" });
    await shop.paykit.removeAddOn({ customerId: "fred", planId: addOn });
    await passPeriod("fred");
    expect(await look("fred")).toEqual({ plans: ["free"], sso: false, limit: 100 });
    expect(await totals("fred")).toEqual([5500]);
  });
});

describe("addAddOn", () => {
  it("takes a removal back, and costs nothing, for the time is paid already", async () => {
    await withAddOn("gina");
    await shop.paykit.removeAddOn({ customerId: "gina", planId: addOn });
    const { invoice } = await shop.paykit.addAddOn({ customerId: "gina", planId: addOn });
    expect(invoice).toBeNull();
    await passPeriod("gina");
    expect(await look("gina")).toEqual({ plans: ["premium", addOn], sso: true, limit: 5000 });
    expect(await totals("gina")).toEqual([5500, 5500]);
  });

  it("stays beside the plan that a scheduled downgrade leads to: 20.00 and 5.00 for the next period", async () => {
    await withAddOn("hugo");
    await shop.paykit.removeAddOn({ customerId: "hugo", planId: addOn });
    await passPeriod("hugo");
    await shop.paykit.subscribe({ customerId: "hugo", planId: "pro" });
    await shop.paykit.addAddOn({ customerId: "hugo", planId: addOn });
    expect(await look("hugo")).toMatchObject({ plans: ["premium", addOn], sso: true });
    await passPeriod("hugo");
    expect(await look("hugo")).toEqual({ plans: ["pro", addOn], sso: true, limit: 1000 });
    expect((await totals("hugo"))[0]).toBe(2500);
  });
});
