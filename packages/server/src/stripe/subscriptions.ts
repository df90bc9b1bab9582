import type Stripe from "stripe";
import type { BilledPrice, BilledSubscription } from "../subscription/billed.js";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { fromPrice, fromSubscription } from "./from-stripe.js";

export interface ListedSubscriptions {
  subscriptions: BilledSubscription[];
  prices: Map<string, BilledPrice>;
}

/** Every subscription the customer ever had, ended ones included: all pages, all items, with what is scheduled and unpaid. */
export async function listSubscriptions(
  stripe: StripeClient,
  stripeCustomerId: string,
): Promise<ListedSubscriptions> {
  return callStripe(async () => {
    const listed: ListedSubscriptions = { subscriptions: [], prices: new Map() };
    const pages = stripe.subscriptions.list({
      customer: stripeCustomerId,
      status: "all",
      limit: 100,
      expand: ["data.schedule"],
    });
    for await (const subscription of pages) {
      const items = await listItems(stripe, subscription);
      for (const { price } of items) listed.prices.set(price.id, fromPrice(price));
      const unpaidSince = await getUnpaidSince(stripe, subscription);
      const { schedule } = subscription;
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
