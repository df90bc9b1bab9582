import type Stripe from "stripe";
import { at, expanded, type Target } from "./target.js";

let count = 0;

/** A name that no other run on the same account uses. */
export function unique(prefix: string): string {
  count += 1;
  return `${prefix}_${Date.now().toString(36)}_${count}`;
}

/** A price of a new product; monthly unless told. */
export async function newPrice(
  { stripe }: Target,
  {
    amount,
    name = "Pro",
    currency = "usd",
    recurring = { interval: "month" },
  }: {
    amount: number;
    name?: string;
    currency?: string;
    recurring?: Stripe.PriceCreateParams.Recurring | null;
  },
): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency,
    unit_amount: amount,
    product_data: { name },
    ...(recurring === null ? {} : { recurring }),
  });
}

/** A customer with a card, on a clock of its own that stands at `start`. */
export async function newClockedCustomer(
  { stripe }: Target,
  { start, card = "pm_card_visa" }: { start: string; card?: string | null },
): Promise<{ customer: string; clock: string; start: number }> {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at(start) });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "ada@example.com" });
  if (card !== null) await useCard(stripe, customer.id, card);
  return { customer: customer.id, clock: clock.id, start: at(start) };
}

/** A customer with a card, on a clock that stands at 1 April 2027, and a subscription of theirs. */
export async function newSubscription(
  target: Target,
  {
    price,
    card = "pm_card_visa",
    params = {},
  }: { price: string; card?: string; params?: Partial<Stripe.SubscriptionCreateParams> },
) {
  const owner = await newClockedCustomer(target, { start: "2027-04-01", card });
  const subscription = await target.stripe.subscriptions.create({
    customer: owner.customer,
    items: [{ price }],
    ...params,
  });
  return { ...owner, id: subscription.id, subscription };
}

/** Attaches a test card and makes it the one that invoices are charged to. */
export async function useCard(stripe: Stripe, customer: string, card: string): Promise<string> {
  const method = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  return method.id;
}

/** The invoices of a subscription, oldest first. */
export async function invoicesOf({ stripe }: Target, subscription: string): Promise<Stripe.Invoice[]> {
  const { data } = await stripe.invoices.list({ subscription, limit: 100 });
  return data.reverse();
}

/** The latest invoice, as an object. */
export async function latestInvoice({ stripe }: Target, subscription: string): Promise<Stripe.Invoice> {
  const { latest_invoice } = await stripe.subscriptions.retrieve(subscription, {
    expand: ["latest_invoice"],
  });
  return expanded(latest_invoice);
}

/** Amounts of the lines of an invoice, in its order. */
export function lineAmounts(invoice: Stripe.Invoice): number[] {
  return invoice.lines.data.map(({ amount }) => amount);
}
