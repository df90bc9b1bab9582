import type Stripe from "stripe";
import { expect } from "vitest";
import type { Stage } from "./operations.js";

/** Whatever happened to the customer, these hold. */
export async function expectInvariants({ stripe, customer }: Stage): Promise<void> {
  const invoices = await stripe.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const subscriptions = await stripe.subscriptions
    .list({ customer, status: "all", limit: 100 })
    .autoPagingToArray({ limit: 1_000 });
  for (const invoice of invoices) expectToAddUp(invoice);
  expectNoPeriodTwice(invoices);
  for (const subscription of subscriptions) expectNoBillAfterTheEnd(subscription, invoices);
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

/** What a subscription item is billed for, besides prorations, is a row of periods that do not overlap. */
function expectNoPeriodTwice(invoices: readonly Stripe.Invoice[]): void {
  const periods = new Map<string, { start: number; end: number }[]>();
  for (const line of invoices.flatMap(({ lines }) => lines.data)) {
    const details = line.parent?.subscription_item_details;
    if (!details || details.proration) continue;
    const item = details.subscription_item ?? "";
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

async function expectBalanceToAddUp(stripe: Stripe, customer: string): Promise<void> {
  const moves = await stripe.customers
    .listBalanceTransactions(customer, { limit: 100 })
    .autoPagingToArray({ limit: 1_000 });
  const read = await stripe.customers.retrieve(customer);
  expect(read).toMatchObject({ balance: sum(amountsOf(moves)) });
}

/** What was charged is what invoices were paid with, to the cent. */
async function expectMoneyToAddUp(
  stripe: Stripe,
  customer: string,
  invoices: readonly Stripe.Invoice[],
): Promise<void> {
  const charges = await stripe.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const charged = sum(amountsOf(charges.filter(({ paid }) => paid)));
  expect(charged).toBe(sum(invoices.map(({ amount_paid }) => amount_paid)));
}

function amountsOf(parts: readonly { amount: number }[]): number[] {
  return parts.map(({ amount }) => amount);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
