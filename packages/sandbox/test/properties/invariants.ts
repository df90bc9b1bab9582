import type Stripe from "stripe";
import { expect } from "vitest";
import { type Stage, YEARLY } from "./stage.js";

/** Whatever happened to the customer, these hold. */
export async function expectInvariants({ stripe, customer, prices }: Stage): Promise<void> {
  const invoices = await stripe.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const subscriptions = await stripe.subscriptions
    .list({ customer, status: "all", limit: 100 })
    .autoPagingToArray({ limit: 1_000 });
  for (const invoice of invoices) expectToAddUp(invoice);
  expectNoPeriodTwice(invoices, prices);
  for (const subscription of subscriptions) expectNoBillAfterTheEnd(subscription, invoices);
  await expectSchedulesToFit(stripe, customer);
  await expectBalanceToAddUp(stripe, customer);
  await expectMoneyToAddUp(stripe, customer, invoices);
}

function expectToAddUp(invoice: Stripe.Invoice): void {
  const lines = invoice.lines.data;
  const name = `invoice ${invoice.id}`;
  expect(sum(lines.map(({ amount }) => amount)), `${name}: lines and subtotal`).toBe(invoice.subtotal);
  const lineDiscounts = lines.flatMap(({ discount_amounts }) => discount_amounts ?? []);
  const totalDiscounts = invoice.total_discount_amounts ?? [];
  expect(sum(amountsOf(lineDiscounts)), `${name}: discounts of lines and total`).toBe(
    sum(amountsOf(totalDiscounts)),
  );
  expect(invoice.subtotal - sum(amountsOf(totalDiscounts)), `${name}: total`).toBe(invoice.total);
  expect(invoice.amount_paid + invoice.amount_remaining, `${name}: paid and remaining`).toBe(
    invoice.amount_due,
  );
  expect(invoice.amount_due).toBeGreaterThanOrEqual(0);
  if (invoice.ending_balance !== null) {
    const toBalance = invoice.ending_balance - invoice.starting_balance;
    expect(invoice.amount_due + toBalance, `${name}: due and balance`).toBe(invoice.total);
  }
}

/**
 * What a subscription item is billed for, besides prorations, is a row of periods that do not overlap. Months and years are
 * looked at apart: what is left of a year is given back, as a proration, when its item becomes monthly.
 */
function expectNoPeriodTwice(invoices: readonly Stripe.Invoice[], prices: readonly string[]): void {
  const periods = new Map<string, { start: number; end: number }[]>();
  for (const line of invoices.flatMap(({ lines }) => lines.data)) {
    const details = line.parent?.subscription_item_details;
    if (!details || details.proration) continue;
    const isYearly = line.pricing?.price_details?.price === prices[YEARLY];
    const item = `${details.subscription_item} by the ${isYearly ? "year" : "month"}`;
    periods.set(item, [...(periods.get(item) ?? []), line.period]);
  }
  for (const [item, billed] of periods) {
    const inOrder = billed.toSorted((a, b) => a.start - b.start || a.end - b.end);
    for (const [index, period] of inOrder.entries()) {
      const before = inOrder[index - 1];
      if (before) expect(period.start, `${item} is billed twice`).toBeGreaterThanOrEqual(before.end);
    }
  }
}

function expectNoBillAfterTheEnd(
  { id, status, ended_at }: Stripe.Subscription,
  invoices: readonly Stripe.Invoice[],
): void {
  if (status !== "canceled" || ended_at === null) return;
  const cycles = invoices.filter(
    ({ parent, billing_reason }) =>
      parent?.subscription_details?.subscription === id && billing_reason === "subscription_cycle",
  );
  for (const { created } of cycles)
    expect(created, `${id} renewed after its end`).toBeLessThanOrEqual(ended_at);
}

/** Each phase begins where the one before ends, and a living schedule and its subscription name each other. */
async function expectSchedulesToFit(stripe: Stripe, customer: string): Promise<void> {
  const { data } = await stripe.subscriptionSchedules.list({ customer, limit: 100 });
  for (const { id, status, phases, subscription } of data) {
    for (const [index, phase] of phases.entries()) {
      expect(phase.end_date, `${id}: phase ${index}`).toBeGreaterThan(phase.start_date);
      const before = phases[index - 1];
      if (before) expect(phase.start_date, `${id}: phase ${index}`).toBe(before.end_date);
    }
    if (status !== "active") continue;
    expect((await stripe.subscriptions.retrieve(String(subscription))).schedule).toBe(id);
  }
}

async function expectBalanceToAddUp(stripe: Stripe, customer: string): Promise<void> {
  const moves = await stripe.customers
    .listBalanceTransactions(customer, { limit: 100 })
    .autoPagingToArray({ limit: 1_000 });
  const read = await stripe.customers.retrieve(customer);
  expect(read).toMatchObject({ balance: sum(amountsOf(moves)) });
}

/** What was charged is what invoices were paid with, to the cent, and each charge is for one of them. */
async function expectMoneyToAddUp(
  stripe: Stripe,
  customer: string,
  invoices: readonly Stripe.Invoice[],
): Promise<void> {
  const charges = await stripe.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const charged = sum(amountsOf(charges.filter(({ paid }) => paid)));
  expect(charged).toBe(sum(invoices.map(({ amount_paid }) => amount_paid)));
  const payments = await stripe.invoicePayments.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const intents = new Set(payments.map(({ payment }) => payment.payment_intent));
  for (const { id, payment_intent } of charges)
    expect(intents.has(payment_intent ?? ""), `${id} is for an invoice`).toBe(true);
}

function amountsOf(parts: readonly { amount: number }[]): number[] {
  return parts.map(({ amount }) => amount);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
