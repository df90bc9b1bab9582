import type Stripe from "stripe";
import type { SubscriptionStatus } from "../contract/index.js";
import type { BilledPrice, BilledSubscription, PaymentMethod } from "../subscription/billed.js";
import { hasEnded } from "../subscription/status.js";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { fromPaymentMethod, fromPrice, fromSubscription } from "./from-stripe.js";
import type { IdempotencyKey } from "./idempotency-key.js";
import { metadataKeys } from "./metadata.js";

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
      expand: ["data.schedule", "data.default_payment_method", "data.latest_invoice"],
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

/**
 * Ends a subscription at once. One that has ended already is left as it is. With a credit, what is left of the paid time
 * goes to the customer's balance, and the next invoice takes it from there.
 */
export async function cancelNow(
  stripe: StripeClient,
  subscriptionId: string,
  { creditsRest = false }: { creditsRest?: boolean } = {},
): Promise<void> {
  const subscription = await callStripe(() => stripe.subscriptions.retrieve(subscriptionId));
  if (hasEnded(subscription.status as SubscriptionStatus)) return;
  const params = creditsRest ? { prorate: true, invoice_now: true, expand: ["latest_invoice"] } : {};
  const { latest_invoice: last } = await callStripe(() =>
    stripe.subscriptions.cancel(subscriptionId, params),
  );
  // The last invoice would be a draft for an hour; finalized, its credit counts now.
  if (typeof last === "object" && last?.status === "draft") {
    await callStripe(() => stripe.invoices.finalizeInvoice(last.id));
  }
}

export interface NewSubscription {
  stripeCustomerId: string;
  customerId: string;
  items: { priceId: string; quantity: number }[];
  /** Days before the first payment; 0 without a trial. */
  trialDays: number;
  paymentMethodId: string | null;
  coupon: string | null;
  idempotencyKey: IdempotencyKey;
}

/** Starts a subscription and tries to charge for it at once; it stays incomplete when that does not work. */
export async function createSubscription(stripe: StripeClient, input: NewSubscription): Promise<Charged> {
  const { stripeCustomerId, items, trialDays, paymentMethodId, coupon, idempotencyKey } = input;
  const params: Stripe.SubscriptionCreateParams = {
    customer: stripeCustomerId,
    items: items.map(({ priceId, quantity }) => ({ price: priceId, quantity })),
    metadata: { [metadataKeys.customerId]: input.customerId },
    payment_behavior: "allow_incomplete",
    off_session: false,
    expand: ["latest_invoice"],
    ...(paymentMethodId === null ? {} : { default_payment_method: paymentMethodId }),
    ...(coupon === null ? {} : { discounts: [{ coupon }] }),
    ...(trialDays === 0
      ? {}
      : {
          trial_period_days: trialDays,
          trial_settings: { end_behavior: { missing_payment_method: "cancel" as const } },
        }),
  };
  const subscription = await callStripe(() => createOnce(stripe.subscriptions, { params, idempotencyKey }));
  return toCharged(subscription, subscription.status === "incomplete");
}

/** How a subscription's items are to be: each names an item that is there, or a price to add. */
export interface ItemChange {
  itemId?: string;
  priceId?: string;
  quantity?: number;
  /** Takes the item away. */
  isRemoved?: boolean;
}

export interface ItemsChange {
  subscriptionId: string;
  items: ItemChange[];
  /** Charges the difference now, as of this instant; null charges nothing. */
  proratedAt: Date | null;
  /** Whether a new billing period begins now. */
  restartsPeriod: boolean;
  coupon: string | null;
  idempotencyKey: IdempotencyKey;
}

/**
 * Changes what a subscription is for. With a charge the change waits for it: when the payment fails nothing has changed,
 * and what is pending is on the open invoice (Stripe: "Pending updates").
 */
export async function changeItems(stripe: StripeClient, change: ItemsChange): Promise<Charged> {
  const { subscriptionId, idempotencyKey, proratedAt, coupon } = change;
  const params: Stripe.SubscriptionUpdateParams = {
    items: toItemParams(change.items),
    expand: ["latest_invoice"],
    ...(proratedAt === null
      ? { proration_behavior: "none" }
      : {
          proration_behavior: "always_invoice",
          payment_behavior: "pending_if_incomplete",
          ...(change.restartsPeriod
            ? { billing_cycle_anchor: { type: "now" as const } }
            : { proration_date: Math.floor(proratedAt.getTime() / 1000) }),
        }),
    ...(coupon === null ? {} : { discounts: [{ coupon }] }),
  };
  const subscription = await callStripe(() =>
    stripe.subscriptions.update(subscriptionId, params, { idempotencyKey }),
  );
  return toCharged(subscription, subscription.pending_update !== null);
}

export function toItemParams(items: readonly ItemChange[]) {
  return items.map(({ itemId, priceId, quantity, isRemoved }) => ({
    ...(itemId === undefined ? {} : { id: itemId }),
    ...(priceId === undefined ? {} : { price: priceId }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(isRemoved === true ? { deleted: true } : {}),
  }));
}

/** What a change led to. */
export interface Charged {
  subscriptionId: string;
  /** The invoice of this very change; null when none was made. */
  invoice: Stripe.Invoice | null;
  /** The payment did not go through, so nothing is in effect yet. */
  isUnpaid: boolean;
}

function toCharged(subscription: Stripe.Subscription, isUnpaid: boolean): Charged {
  const { latest_invoice } = subscription;
  return {
    subscriptionId: subscription.id,
    invoice: typeof latest_invoice === "object" ? latest_invoice : null,
    isUnpaid,
  };
}

/** Lets the subscription end with its period. */
export async function cancelAtPeriodEnd(
  stripe: StripeClient,
  subscriptionId: string,
  idempotencyKey: IdempotencyKey,
): Promise<void> {
  await callStripe(() =>
    stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true }, { idempotencyKey }),
  );
}

/** Takes a set end back, however it was set. */
export async function keepGoing(
  stripe: StripeClient,
  subscriptionId: string,
  idempotencyKey: IdempotencyKey,
): Promise<void> {
  const { cancel_at, cancel_at_period_end } = await callStripe(() =>
    stripe.subscriptions.retrieve(subscriptionId),
  );
  if (cancel_at === null && !cancel_at_period_end) return;
  const params = cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: "" as const };
  await callStripe(() => stripe.subscriptions.update(subscriptionId, params, { idempotencyKey }));
}
