import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PayKitEvent } from "../src/index.js";
import { ladderProducts } from "./billed.js";
import { openShop, type Shop } from "./shop.js";

const dayMs = 86_400_000;
const returnUrl = "https://app.example.com/billing";
let shop: Shop<typeof ladderProducts>;
const told: PayKitEvent[] = [];

beforeAll(async () => {
  const tell = async (event: PayKitEvent) => void told.push(event);
  const on = { "payment.failed": tell, "trial.ending": tell };
  shop = await openShop({ products: ladderProducts, paykit: { testing: { testClocks: true }, on } });
});

function toldOf(customerId: string, type: PayKitEvent["type"]) {
  return told.filter((event) => event.customerId === customerId && event.type === type);
}
afterAll(() => shop.close());

async function withCard(id: string): Promise<string> {
  await shop.paykit.upsertCustomer({ id });
  await shop.paykit.customerPortal({ customerId: id, returnUrl });
  const customer = await shop.stripeId(id);
  const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  return customer;
}

async function pass(customerId: string, days: number) {
  const { now } = await shop.paykit.getTestClock({ customerId });
  await shop.paykit.advanceTestClock({ customerId, to: new Date(now.getTime() + days * dayMs) });
  await shop.sandbox.settled();
}

async function look(id: string) {
  const customer = await shop.paykit.getCustomer({ id });
  const [plan] = customer?.subscriptions ?? [];
  return { plan, messages: customer?.entitlements.messages };
}

describe("a renewal that is not paid", () => {
  it("is given for 7 days from the unpaid period on, then Free is; paying brings it back", async () => {
    const stripeId = await withCard("ann");
    await shop.paykit.subscribe({ customerId: "ann", planId: "premium" });
    const end = (await look("ann")).plan?.currentPeriodEnd?.getTime() ?? 0;
    shop.sandbox.faults.cards(stripeId, "decline");
    const { now } = await shop.paykit.getTestClock({ customerId: "ann" });
    await pass("ann", (end - now.getTime()) / dayMs + 0.5);
    expect(await look("ann")).toMatchObject({
      plan: { planId: "premium", status: "past_due", isEntitled: true },
      messages: { limit: 5000 },
    });
    expect(toldOf("ann", "payment.failed")[0]).toMatchObject({ amount: 5000, currency: "usd", attempt: 1 });
    await pass("ann", 6);
    expect((await look("ann")).messages).toMatchObject({ limit: 5000 });
    await pass("ann", 1);
    expect((await look("ann")).plan).toMatchObject({
      planId: "premium",
      status: "past_due",
      isEntitled: false,
    });
    expect((await look("ann")).messages).toMatchObject({ limit: 100 });
    const { paymentUrl } = await shop.paykit.subscribe({ customerId: "ann", planId: "premium" });
    expect(paymentUrl).toContain("http");
    shop.sandbox.faults.cards(stripeId, null);
    const [open] = (await shop.stripe.invoices.list({ customer: stripeId, status: "open" })).data;
    await shop.stripe.invoices.pay(open?.id ?? "");
    await shop.sandbox.settled();
    expect(await look("ann")).toMatchObject({
      plan: { planId: "premium", status: "active", isEntitled: true },
      messages: { limit: 5000 },
    });
  });
});

describe("a trial", () => {
  it("is charged 20.00 at its end, with a card", async () => {
    await withCard("bob");
    await shop.paykit.subscribe({ customerId: "bob", planId: "pro" });
    expect((await look("bob")).plan).toMatchObject({ status: "trialing", willRenew: true });
    expect(
      (await shop.paykit.listInvoices({ customerId: "bob" })).invoices.map(({ total }) => total),
    ).toEqual([0]);
    await pass("bob", 12);
    expect(toldOf("bob", "trial.ending")).toMatchObject([{ planId: "pro", trialEnd: expect.any(String) }]);
    await pass("bob", 3);
    expect((await look("bob")).plan).toMatchObject({ planId: "pro", status: "active" });
    const { invoices } = await shop.paykit.listInvoices({ customerId: "bob" });
    expect(invoices.map(({ total, status }) => [total, status])).toEqual([
      [2000, "paid"],
      [0, "paid"],
    ]);
  });

  it("goes over to another plan at once and free of charge", async () => {
    await withCard("carl");
    await shop.paykit.subscribe({ customerId: "carl", planId: "pro" });
    const preview = await shop.paykit.previewSubscribe({ customerId: "carl", planId: "premium" });
    expect(preview).toMatchObject({ kind: "upgrade", total: 0, next: { total: 5000 } });
    await shop.paykit.subscribe({ customerId: "carl", planId: "premium" });
    expect(await look("carl")).toMatchObject({
      plan: { planId: "premium", status: "trialing" },
      messages: { limit: 5000 },
    });
    // Back down again: by its right name, and as much at once.
    const { now } = await shop.paykit.getTestClock({ customerId: "carl" });
    const back = await shop.paykit.previewSubscribe({ customerId: "carl", planId: "pro" });
    expect(back).toMatchObject({ kind: "downgrade", total: 0, effectiveAt: now, next: { total: 2000 } });
    await shop.paykit.subscribe({ customerId: "carl", planId: "pro" });
    expect((await look("carl")).plan).toMatchObject({ planId: "pro", status: "trialing" });
  });
});

describe("a cancellation that nobody hears of", () => {
  it("takes effect on the minute: nothing but the clock has moved", async () => {
    await withCard("dora");
    await shop.paykit.subscribe({ customerId: "dora", planId: "premium" });
    await shop.paykit.subscribe({ customerId: "dora", planId: "free" });
    await shop.sandbox.settled();
    const end = (await look("dora")).plan?.endsAt?.getTime() ?? 0;
    const at = (time: number) =>
      shop.database.sql(
        `update paykit_customer set test_clock_now = '${new Date(time).toISOString()}' where customer_id = 'dora'`,
      );
    await at(end - 1);
    expect((await look("dora")).messages).toMatchObject({ limit: 5000 });
    await at(end);
    expect((await look("dora")).messages).toMatchObject({ limit: 100, balance: 100 });
    expect((await look("dora")).plan).toMatchObject({ planId: "free", isDefault: true });
  });
});
