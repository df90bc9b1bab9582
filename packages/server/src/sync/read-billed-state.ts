import { listPayments } from "../stripe/checkout-sessions.js";
import type { StripeClient } from "../stripe/client.js";
import { getDefaultCard, getStripeCustomer } from "../stripe/customers.js";
import { getPrice } from "../stripe/prices.js";
import { type ListedSubscriptions, listSubscriptions } from "../stripe/subscriptions.js";
import type { BilledState } from "../subscription/billed.js";

/** What is billed to a customer whom Stripe does not know, or not any more. */
export const nothingBilled: BilledState = {
  isDeleted: false,
  subscriptions: [],
  payments: [],
  paymentMethod: null,
  prices: new Map(),
};

/** Everything that Stripe knows of a customer and PayKit cares for. */
export async function readBilledState(stripe: StripeClient, stripeCustomerId: string): Promise<BilledState> {
  const customer = await getStripeCustomer(stripe, stripeCustomerId);
  if (customer === null) return { ...nothingBilled, isDeleted: true };
  const [{ cards, ...listed }, payments, card] = await Promise.all([
    listSubscriptions(stripe, stripeCustomerId),
    listPayments(stripe, stripeCustomerId),
    getDefaultCard(stripe, customer),
  ]);
  await addScheduledPrices(stripe, listed);
  return {
    isDeleted: false,
    ...listed,
    payments,
    // Checkout puts the card on the subscription it made, not on the customer.
    paymentMethod: card ?? cards[0] ?? null,
  };
}

/** A schedule names its prices by id only. */
async function addScheduledPrices(
  stripe: StripeClient,
  { subscriptions, prices }: Pick<ListedSubscriptions, "subscriptions" | "prices">,
) {
  const scheduled = subscriptions.flatMap(({ schedule }) => schedule?.next?.items ?? []);
  for (const { priceId } of scheduled) {
    if (!prices.has(priceId)) prices.set(priceId, await getPrice(stripe, priceId));
  }
}
