import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plan } from "../src/index.js";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

/** Beside the ladder: single sign-on for 5.00 a month only, and support for 10.00 a month or 100.00 a year. */
const products = [
  ...ladderProducts,
  plan({
    id: "support",
    price: [
      { amount: 10, interval: "month" },
      { amount: 100, interval: "year" },
    ],
  }),
] as const;

const dayMs = 86_400_000;
const returnUrl = "https://app.example.com/billing";
const sso = "single_sign_on";
type AddOn = typeof sso | "support";

async function open(webhooks = true) {
  return openShop({ products, webhooks, paykit: { testing: { testClocks: true } } });
}

let shop: Shop<typeof products>;
beforeAll(async () => {
  shop = await open();
});
afterAll(() => shop.close());

async function setCard(at: typeof shop, customerId: string, card = "pm_card_visa"): Promise<void> {
  const customer = await at.stripeId(customerId);
  const method = await at.stripe.paymentMethods.attach(card, { customer });
  await at.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  const { data } = await at.stripe.subscriptions.list({ customer });
  for (const { id } of data) await at.stripe.subscriptions.update(id, { default_payment_method: method.id });
}

/** On Premium for 50.00 with add-ons, all paid. */
async function onPremium(customerId: string, addOnPlanIds: AddOn[], at = shop): Promise<void> {
  await at.paykit.upsertCustomer({ id: customerId });
  await at.paykit.customerPortal({ customerId, returnUrl });
  await setCard(at, customerId);
  await at.paykit.subscribe({ customerId, planId: "premium", addOnPlanIds });
}

async function look(id: string, at = shop) {
  await at.sandbox.settled();
  const customer = await at.paykit.getCustomer({ id });
  const lines = customer?.subscriptions.map(({ planId, willRenew }) =>
    willRenew ? planId : `${planId} ends`,
  );
  return { plans: lines?.sort(), sso: customer?.entitlements.sso.allowed };
}

async function periodOf(customerId: string, at = shop): Promise<{ start: number; end: number }> {
  const [line] = (await at.paykit.getCustomer({ id: customerId }))?.subscriptions ?? [];
  return { start: line?.currentPeriodStart?.getTime() ?? 0, end: line?.currentPeriodEnd?.getTime() ?? 0 };
}

/** To one day after the end of the period that is paid for. */
async function passPeriod(customerId: string, at = shop): Promise<void> {
  const { end } = await periodOf(customerId, at);
  await at.paykit.advanceTestClock({ customerId, to: new Date(end + dayMs) });
}

/** To the middle of the period: half of what was paid for it is left, to the cent. */
async function passHalf(customerId: string): Promise<void> {
  const { start, end } = await periodOf(customerId);
  await shop.paykit.advanceTestClock({ customerId, to: new Date((start + end) / 2) });
}

/** Newest first. */
async function totals(customerId: string, at = shop) {
  await at.sandbox.settled();
  const { invoices } = await at.paykit.listInvoices({ customerId });
  return invoices.map(({ total }) => total);
}

type Target = Omit<Parameters<typeof shop.paykit.subscribe>[0], "customerId">;

/** What the preview says, and what the invoice of the change then says: the same. */
async function change(customerId: string, target: Target) {
  const preview = await shop.paykit.previewSubscribe({ customerId, ...target });
  const { invoice } = await shop.paykit.subscribe({ customerId, ...target });
  expect(invoice?.total ?? 0).toBe(preview.total);
  return preview;
}

/** Confirms a payment on the page that the bank wants it on, by a card that needs no more questions. */
async function confirm(url: string, at: typeof shop) {
  const form = { cardNumber: "4242424242424242", cardExpiry: "12 / 34", cardCvc: "123" };
  const answer = await at.sandbox.handler(
    new Request(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
    }),
  );
  expect(answer.status).toBe(303);
}

describe("an add-on that was removed", () => {
  it.each([true, false])(
    "stays removed through an upgrade that waits for the bank, with webhooks: %s",
    async (webhooks) => {
      const at = await open(webhooks);
      const tell = async () => void (webhooks || (await at.paykit.reconcile()));
      await onPremium("ann", [sso], at);
      await at.paykit.removeAddOn({ customerId: "ann", planId: sso });
      await setCard(at, "ann", "pm_card_authenticationRequired");
      const { requiredAction } = await at.paykit.subscribe({ customerId: "ann", planId: "ultra" });
      expect(await look("ann", at)).toEqual({ plans: ["premium", `${sso} ends`], sso: true });
      await confirm(requiredAction?.url ?? "", at);
      await at.sandbox.settled();
      await tell();
      expect(await look("ann", at)).toEqual({ plans: [`${sso} ends`, "ultra"], sso: true });
      await setCard(at, "ann");
      await passPeriod("ann", at);
      expect(await look("ann", at)).toEqual({ plans: ["ultra"], sso: false });
      // 55.00, then 150.00 for the upgrade, then 200.00 and not 205.00.
      expect(await totals("ann", at)).toEqual([20_000, 15_000, 5500]);
      await at.close();
    },
  );

  it("stays removed when the bank is never answered: the upgrade is dropped, 50.00 for the next period", async () => {
    await onPremium("bea", [sso]);
    await shop.paykit.removeAddOn({ customerId: "bea", planId: sso });
    await setCard(shop, "bea", "pm_card_authenticationRequired");
    const { requiredAction } = await shop.paykit.subscribe({ customerId: "bea", planId: "ultra" });
    expect(requiredAction).not.toBeNull();
    await setCard(shop, "bea");
    const { now } = await shop.paykit.getTestClock({ customerId: "bea" });
    await shop.paykit.advanceTestClock({ customerId: "bea", to: new Date(now.getTime() + 2 * dayMs) });
    await passPeriod("bea");
    expect(await look("bea")).toEqual({ plans: ["premium"], sso: false });
    expect((await totals("bea"))[0]).toBe(5000);
  });

  it("stays removed when the whole is canceled and resumed: 50.00 for the next period", async () => {
    await onPremium("carl", [sso]);
    await shop.paykit.removeAddOn({ customerId: "carl", planId: sso });
    await shop.paykit.subscribe({ customerId: "carl", planId: "free" });
    const preview = await change("carl", { planId: "premium" });
    expect(preview).toMatchObject({ kind: "resume", total: 0, next: { total: 5000 } });
    expect(await look("carl")).toEqual({ plans: ["premium", `${sso} ends`], sso: true });
    await passPeriod("carl");
    expect(await look("carl")).toEqual({ plans: ["premium"], sso: false });
    expect(await totals("carl")).toEqual([5000, 5500]);
  });

  it("stays removed when that is done between cancelling and resuming", async () => {
    await onPremium("cleo", [sso]);
    await shop.paykit.subscribe({ customerId: "cleo", planId: "free" });
    await shop.paykit.removeAddOn({ customerId: "cleo", planId: sso });
    await shop.paykit.subscribe({ customerId: "cleo", planId: "premium" });
    await passPeriod("cleo");
    expect(await totals("cleo")).toEqual([5000, 5500]);
  });

  it("stays removed when a scheduled downgrade is taken back: 50.00 for the next period", async () => {
    await onPremium("dora", [sso]);
    await shop.paykit.removeAddOn({ customerId: "dora", planId: sso });
    await shop.paykit.subscribe({ customerId: "dora", planId: "pro" });
    await shop.paykit.subscribe({ customerId: "dora", planId: "premium" });
    expect(await look("dora")).toEqual({ plans: ["premium", `${sso} ends`], sso: true });
    await passPeriod("dora");
    expect(await totals("dora")).toEqual([5000, 5500]);
  });

  it("is no reason to resume: the plan that is there changes nothing", async () => {
    await onPremium("dirk", [sso]);
    await shop.paykit.removeAddOn({ customerId: "dirk", planId: sso });
    const preview = await change("dirk", { planId: "premium" });
    expect(preview).toMatchObject({ kind: "none", next: { total: 5000 } });
    await passPeriod("dirk");
    expect(await totals("dirk")).toEqual([5000, 5500]);
  });

  it("stays when it is asked for again with a plan: 50.00 and 5.00 for the next period", async () => {
    await onPremium("emil", [sso]);
    await shop.paykit.removeAddOn({ customerId: "emil", planId: sso });
    const preview = await change("emil", { planId: "premium", addOnPlanIds: [sso] });
    expect(preview).toMatchObject({ kind: "none", total: 0, next: { total: 5500 } });
    expect(await look("emil")).toEqual({ plans: ["premium", sso], sso: true });
    await passPeriod("emil");
    expect(await totals("emil")).toEqual([5500, 5500]);
  });

  it("may be put back by hand at Stripe once it has left, and then stays: 50.00 and 5.00", async () => {
    await onPremium("finn", [sso]);
    const customer = await shop.stripeId("finn");
    const [before] = (await shop.stripe.subscriptions.list({ customer })).data;
    const price = before?.items.data.find((item) => item.price.unit_amount === 500)?.price.id ?? "";
    await shop.paykit.removeAddOn({ customerId: "finn", planId: sso });
    await passPeriod("finn");
    await shop.sandbox.settled();
    await shop.stripe.subscriptionItems.create({ subscription: before?.id ?? "", price });
    expect(await look("finn")).toEqual({ plans: ["premium", sso], sso: true });
    await passPeriod("finn");
    expect(await look("finn")).toEqual({ plans: ["premium", sso], sso: true });
  });

  it("can be had again afterwards, and then stays", async () => {
    await onPremium("fay", [sso]);
    await shop.paykit.removeAddOn({ customerId: "fay", planId: sso });
    await passPeriod("fay");
    await shop.paykit.addAddOn({ customerId: "fay", planId: sso });
    expect(await look("fay")).toEqual({ plans: ["premium", sso], sso: true });
    await passPeriod("fay");
    expect((await totals("fay"))[0]).toBe(5500);
  });
});

describe("previewSubscribe and subscribe, beside add-ons", () => {
  it("leave out what was removed at a downgrade to Pro: 20.00 for the next period", async () => {
    await onPremium("gina", [sso]);
    await shop.paykit.removeAddOn({ customerId: "gina", planId: sso });
    const preview = await change("gina", { planId: "pro" });
    expect(preview).toMatchObject({ kind: "downgrade", total: 0, next: { total: 2000 } });
    await passPeriod("gina");
    expect((await totals("gina"))[0]).toBe(2000);
  });

  it("give support with a downgrade to Pro, from the next period on: 20.00, 5.00 and 10.00", async () => {
    await onPremium("hugo", [sso]);
    const preview = await change("hugo", { planId: "pro", addOnPlanIds: ["support"] });
    expect(preview).toMatchObject({ kind: "downgrade", total: 0, next: { total: 3500 } });
    expect(await look("hugo")).toEqual({ plans: ["premium ends", sso], sso: true });
    await passPeriod("hugo");
    expect(await look("hugo")).toEqual({ plans: ["pro", sso, "support"], sso: true });
    expect(await totals("hugo")).toEqual([3500, 5500]);
  });

  it("give support to the plan that goes on, at once: 5.00 for half a month", async () => {
    await onPremium("ida", []);
    await passHalf("ida");
    const preview = await change("ida", { planId: "premium", addOnPlanIds: ["support"] });
    expect(preview).toMatchObject({ kind: "none", total: 500, next: { total: 6000 } });
    await passPeriod("ida");
    expect((await totals("ida"))[0]).toBe(6000);
  });

  it("give support to the plan that is resumed, at once: 10.00 for the month that has begun", async () => {
    await onPremium("ivo", []);
    await shop.paykit.subscribe({ customerId: "ivo", planId: "free" });
    const preview = await change("ivo", { planId: "premium", addOnPlanIds: ["support"] });
    expect(preview).toMatchObject({ kind: "resume", total: 1000, next: { total: 6000 } });
    await passPeriod("ivo");
    expect((await totals("ivo"))[0]).toBe(6000);
  });

  it("take support along to the year in mid-month: 600.00 less half of 60.00", async () => {
    await onPremium("jan", ["support"]);
    await passHalf("jan");
    const preview = await change("jan", { planId: "premium", interval: "year" });
    expect(preview).toMatchObject({ kind: "upgrade", total: 57_000, next: { total: 60_000 } });
    const { subscriptions } = (await shop.paykit.getCustomer({ id: "jan" })) ?? {};
    expect(subscriptions?.map(({ interval }) => interval)).toEqual([
      [1, "year"],
      [1, "year"],
    ]);
  });

  it("take support along from the year to the month that is scheduled: 20.00 and 10.00 then", async () => {
    await onPremium("kim", ["support"]);
    await change("kim", { planId: "premium", interval: "year" });
    const preview = await change("kim", { planId: "pro", interval: "month" });
    expect(preview).toMatchObject({ kind: "downgrade", total: 0, next: { total: 3000 } });
    await passPeriod("kim");
    expect((await totals("kim"))[0]).toBe(3000);
  });

  it("refuse the year while single sign-on is paid by the month only, before anything is done", async () => {
    await onPremium("lena", [sso]);
    const target = { customerId: "lena", planId: "premium", interval: "year" } as const;
    const before = shop.ownCommands().length;
    const refusal = { code: "INPUT_INVALID", message: expect.stringContaining(`"${sso}" has no price`) };
    await expect(shop.paykit.previewSubscribe(target)).rejects.toMatchObject(refusal);
    await expect(shop.paykit.subscribe(target)).rejects.toMatchObject(refusal);
    expect(shop.ownCommands()).toHaveLength(before);
  });

  it("let go at once, and credit, what was removed when the year begins: 500.00 less half of 55.00", async () => {
    await onPremium("mia", [sso]);
    await shop.paykit.removeAddOn({ customerId: "mia", planId: sso });
    await passHalf("mia");
    const preview = await change("mia", { planId: "premium", interval: "year" });
    expect(preview).toMatchObject({ kind: "upgrade", total: 47_250, next: { total: 50_000 } });
    expect(await look("mia")).toEqual({ plans: ["premium"], sso: false });
  });

  it("take along to Stripe's page what stays, and not what was removed: 200.00 and 10.00", async () => {
    await onPremium("nina", [sso, "support"]);
    await shop.paykit.removeAddOn({ customerId: "nina", planId: sso });
    const target = { customerId: "nina", planId: "ultra", forceCheckout: true } as const;
    const preview = await shop.paykit.previewSubscribe(target);
    expect(preview).toMatchObject({ kind: "start", total: 21_000, next: { total: 21_000 } });
    const { paymentUrl } = await shop.paykit.subscribe({ ...target, successUrl: returnUrl });
    await shop.pay(paymentUrl ?? "");
    expect(await look("nina")).toEqual({ plans: ["support", "ultra"], sso: false });
    expect(await totals("nina")).toContain(21_000);
  });
});
