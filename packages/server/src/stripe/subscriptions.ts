import type Stripe from "stripe";
import type { BilledPrice, BilledSubscription, PaymentMethod } from "../subscription/billed.js";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { fromPaymentMethod, fromPrice, fromSubscription } from "./from-stripe.js";

export interface ListedSubscriptions {
  subscriptions: BilledSubscription[];
  prices: Map<string, BilledPrice>;
  /** Cards that subscriptions are paid with and the customer still has, newest subscription first. */
  cards: PaymentMethod[];
}

/** Every subscription the customer ever had, ended ones included: all pages, all items, with what is scheduled and unpaid. */
export async function listSubscriptions(
  stripe: StripeClient,
  stripeCustomerId: string,
): Promise<ListedSubscriptions> {
  return callStripe(async () => {
    const listed: ListedSubscriptions = { subscriptions: [], prices: new Map(), cards: [] };
    const pages = stripe.subscriptions.list({
      customer: stripeCustomerId,
      status: "all",
      limit: 100,
      expand: ["data.schedule", "data.default_payment_method"],
    });
    for await (const subscription of pages) {
      const items = await listItems(stripe, subscription);
      for (const { price } of items) listed.prices.set(price.id, fromPrice(price));
      const unpaidSince = await getUnpaidSince(stripe, subscription);
      const { schedule, default_payment_method: card } = subscription;
      if (typeof card === "object" && card?.customer) listed.cards.push(fromPaymentMethod(card));
      listed.subscriptions.push(
        fromSubscription(subscription, {
          items,
          unpaidSince,
          schedule: typeof schedule === "object" ? schedule : null,
        }),
      );
    }
    return listed;
  });
}

async function listItems(stripe: StripeClient, { id, items }: Stripe.Subscription) {
  if (!items.has_more) return items.data;
  return stripe.subscriptionItems.list({ subscription: id, limit: 100 }).autoPagingToArray({ limit: 1000 });
}

/** Dunning counts from the oldest open invoice: a second unpaid renewal does not begin it anew. */
async function getUnpaidSince(
  stripe: StripeClient,
  { id, status }: Stripe.Subscription,
): Promise<Date | null> {
  if (status !== "past_due") return null;
  let oldest: number | null = null;
  for await (const invoice of stripe.invoices.list({ subscription: id, status: "open", limit: 100 })) {
    oldest = Math.min(oldest ?? invoice.created, invoice.created);
  }
  return oldest === null ? null : new Date(oldest * 1000);
}

/** Ends a subscription at once. One that has ended already is left as it is. */
export async function cancelNow(stripe: StripeClient, subscriptionId: string): Promise<void> {
  const subscription = await callStripe(() => stripe.subscriptions.retrieve(subscriptionId));
  if (subscription.status === "canceled" || subscription.status === "incomplete_expired") return;
  await callStripe(() => stripe.subscriptions.cancel(subscriptionId));
}
