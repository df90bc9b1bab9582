import type Stripe from "stripe";
import type { Repeat, SubscriptionStatus } from "../contract/index.js";
import type {
  BilledItem,
  BilledPayment,
  BilledPrice,
  BilledSchedule,
  BilledSubscription,
  OpenInvoice,
  PaymentMethod,
} from "../subscription/billed.js";
import { readLeaving } from "./leaving.js";
import { metadataKeys } from "./metadata.js";

export function toDate(seconds: number): Date;
export function toDate(seconds: number | null): Date | null;
export function toDate(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1000);
}

/** The id of a reference that may be expanded. */
export function toId(reference: string | { id: string }): string;
export function toId(reference: string | { id: string } | null): string | null;
export function toId(reference: string | { id: string } | null): string | null {
  return typeof reference === "object" && reference !== null ? reference.id : reference;
}

export function fromPrice(price: Stripe.Price): BilledPrice {
  return {
    id: price.id,
    productId: price.metadata[metadataKeys.productId] ?? null,
    version: price.metadata[metadataKeys.version] ?? null,
    amount: price.unit_amount,
    currency: price.currency,
    interval: price.recurring === null ? null : fromRecurring(price.recurring),
  };
}

function fromRecurring({ interval, interval_count }: Stripe.Price.Recurring): Repeat {
  return [interval_count, interval as Repeat[1]];
}

export interface SubscriptionParts {
  items: Stripe.SubscriptionItem[];
  schedule: Stripe.SubscriptionSchedule | null;
  unpaidSince: Date | null;
}

export function fromSubscription(
  subscription: Stripe.Subscription,
  { items, schedule, unpaidSince }: SubscriptionParts,
): BilledSubscription {
  const billed = items.map((item) => ({
    id: item.id,
    priceId: item.price.id,
    quantity: item.quantity ?? 1,
    currentPeriodStart: toDate(item.current_period_start),
    currentPeriodEnd: toDate(item.current_period_end),
  }));
  const leaving = readLeaving(subscription.metadata);
  return {
    id: subscription.id,
    status: subscription.status as SubscriptionStatus,
    items: billed,
    createdAt: toDate(subscription.created),
    anchorAt: toDate(subscription.billing_cycle_anchor),
    cancelAt: toDate(subscription.cancel_at) ?? periodEndWhenCanceled(subscription, items),
    cancelsByFlag: subscription.cancel_at_period_end,
    canceledAt: toDate(subscription.canceled_at),
    endedAt: toDate(subscription.ended_at),
    trialStart: toDate(subscription.trial_start),
    trialEnd: toDate(subscription.trial_end),
    unpaidSince,
    isOurs: metadataKeys.customerId in subscription.metadata,
    checkoutId: subscription.metadata[metadataKeys.checkoutId] ?? null,
    replaces: subscription.metadata[metadataKeys.replaces] ?? null,
    endsWithoutCard: endsWithoutCard(subscription),
    latestInvoiceId: toId(subscription.latest_invoice),
    openInvoice: toOpenInvoice(subscription.latest_invoice),
    schedule: toSchedule(schedule, withoutLeaving(billed, leaving)),
    leaving,
    isPending: subscription.pending_update !== null,
  };
}

/** What is left after the period, where something was removed that is still there. */
function withoutLeaving(items: readonly BilledItem[], leaving: readonly string[]): BilledSchedule["next"] {
  const staying = items.filter(({ priceId }) => !leaving.includes(priceId));
  const [first] = items;
  if (first === undefined || staying.length === 0 || staying.length === items.length) return null;
  return {
    startsAt: first.currentPeriodEnd,
    items: staying.map(({ priceId, quantity }) => ({ priceId, quantity })),
  };
}

function toSchedule(
  schedule: Stripe.SubscriptionSchedule | null,
  unscheduled: BilledSchedule["next"],
): BilledSchedule | null {
  const next = (schedule === null ? null : nextPhase(schedule)) ?? unscheduled;
  return schedule === null && next === null ? null : { id: schedule?.id ?? null, next };
}

/** Stripe fills `cancel_at` beside the flag; the flag alone means the earliest end of a period. */
function periodEndWhenCanceled(subscription: Stripe.Subscription, items: Stripe.SubscriptionItem[]) {
  if (!subscription.cancel_at_period_end || items.length === 0) return null;
  return toDate(Math.min(...items.map((item) => item.current_period_end)));
}

function toOpenInvoice(invoice: Stripe.Subscription["latest_invoice"]): OpenInvoice | null {
  if (typeof invoice !== "object" || invoice === null) return null;
  const { status, auto_advance, collection_method, created, attempted } = invoice;
  const isOpen = status === "draft" || status === "open";
  if (!isOpen || !auto_advance || collection_method !== "charge_automatically") return null;
  return { createdAt: toDate(created), isAttempted: attempted };
}

/** A trial that nobody can be charged after ends or pauses the subscription, and gives nothing from then on. */
function endsWithoutCard({ default_payment_method, trial_settings }: Stripe.Subscription): boolean {
  const behavior = trial_settings?.end_behavior.missing_payment_method;
  return default_payment_method === null && (behavior === "cancel" || behavior === "pause");
}

function nextPhase(schedule: Stripe.SubscriptionSchedule) {
  if (schedule.status !== "active" && schedule.status !== "not_started") return null;
  const after = schedule.current_phase?.start_date ?? Number.NEGATIVE_INFINITY;
  const [next] = schedule.phases.filter((phase) => phase.start_date > after);
  if (next === undefined) return null;
  return {
    startsAt: toDate(next.start_date),
    items: next.items.map((item) => ({ priceId: toId(item.price), quantity: item.quantity ?? 1 })),
  };
}

/** Null for a session that did not sell a one-time product of ours, or is not paid yet. */
export function fromCheckoutSession(session: Stripe.Checkout.Session): BilledPayment | null {
  const { metadata, mode, payment_status } = session;
  const productId = metadata?.[metadataKeys.productId];
  const version = metadata?.[metadataKeys.version];
  if (mode !== "payment" || payment_status === "unpaid" || !productId || !version) return null;
  const charge = chargeOf(session.payment_intent);
  return {
    id: session.id,
    productId,
    version,
    quantity: Number(metadata?.[metadataKeys.quantity] ?? 1),
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    paidAt: toDate(charge?.created ?? session.created),
    paymentIntentId: toId(session.payment_intent),
    isDisputed: charge?.disputed ?? false,
    refundedAt: charge === null ? null : refundedAt(charge),
  };
}

function chargeOf(paymentIntent: Stripe.Checkout.Session["payment_intent"]): Stripe.Charge | null {
  if (typeof paymentIntent !== "object" || paymentIntent === null) return null;
  const charge = paymentIntent.latest_charge;
  return typeof charge === "object" ? charge : null;
}

/**
 * Only the whole amount counts: what a partial refund stands for is for the team to say. The instant is that of the
 * payment, so that every reading of the same facts gives the same answer and the rest of the purchase is gone at once.
 */
function refundedAt(charge: Stripe.Charge): Date | null {
  return charge.refunded ? toDate(charge.created) : null;
}

export function fromPaymentMethod(method: Stripe.PaymentMethod): PaymentMethod {
  return {
    id: method.id,
    type: method.type,
    brand: method.card?.brand ?? null,
    last4: method.card?.last4 ?? null,
    expiryMonth: method.card?.exp_month ?? null,
    expiryYear: method.card?.exp_year ?? null,
  };
}
