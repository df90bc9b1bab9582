import type Stripe from "stripe";
import type { BilledPayment } from "../subscription/billed.js";
import { callStripe, callStripeOrNull } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { fromCheckoutSession, toId } from "./from-stripe.js";
import type { IdempotencyKey } from "./idempotency-key.js";
import { metadataKeys } from "./metadata.js";

export interface CreateSessionInput {
  customerId: string;
  stripeCustomerId: string;
  /** The row of ours that the session belongs to. */
  checkoutId: string;
  items: { priceId: string; quantity: number }[];
  /** Where Stripe sends the person after paying; `{CHECKOUT_SESSION_ID}` is filled in by Stripe. */
  successUrl: string;
  cancelUrl: string;
  /** A coupon of the team's choice; without one the page takes promotion codes. */
  coupon: string | null;
  /** The subscription that ends once this one is paid. */
  replaces: string | null;
  sells: { kind: "plan"; trial: Trial | null } | { kind: "product"; productId: string; version: string };
  idempotencyKey: IdempotencyKey;
}

export interface Trial {
  days: number;
  requiresCard: boolean;
}

export interface OpenSession {
  id: string;
  url: string;
  expiresAt: Date;
}

export async function createSession(stripe: StripeClient, input: CreateSessionInput): Promise<OpenSession> {
  const { idempotencyKey } = input;
  const session = await callStripe(() =>
    createOnce(stripe.checkout.sessions, { params: toSessionParams(input), idempotencyKey }),
  );
  return { id: session.id, url: session.url ?? "", expiresAt: new Date(session.expires_at * 1000) };
}

export interface SessionFacts {
  stripeCustomerId: string | null;
  status: "open" | "complete" | "expired";
}

/** Null when Stripe has no such session. */
export async function getSession(stripe: StripeClient, sessionId: string): Promise<SessionFacts | null> {
  const session = await callStripeOrNull(() => stripe.checkout.sessions.retrieve(sessionId));
  if (session === null) return null;
  return {
    stripeCustomerId: toId(session.customer as string | { id: string } | null),
    status: session.status as SessionFacts["status"],
  };
}

/** Ends an open session, so that nobody pays on it any more. A session that has ended already is left as it is. */
export async function expireSession(stripe: StripeClient, sessionId: string): Promise<void> {
  const session = await getSession(stripe, sessionId);
  if (session?.status !== "open") return;
  await callStripe(() => stripe.checkout.sessions.expire(sessionId));
}

/** Every paid checkout of a one-time product, all pages, with what was refunded of it. */
export async function listPayments(stripe: StripeClient, stripeCustomerId: string): Promise<BilledPayment[]> {
  const payments: BilledPayment[] = [];
  const pages = stripe.checkout.sessions.list({
    customer: stripeCustomerId,
    status: "complete",
    limit: 100,
    expand: ["data.payment_intent.latest_charge"],
  });
  await callStripe(async () => {
    for await (const session of pages) {
      const payment = fromCheckoutSession(session);
      if (payment !== null) payments.push(await withDispute(stripe, payment));
    }
  });
  return payments;
}

/** A charge only says that it was disputed; how it ended is on the dispute. A lost one is money given back. */
async function withDispute(stripe: StripeClient, payment: BilledPayment): Promise<BilledPayment> {
  const { paymentIntentId, isDisputed, refundedAt } = payment;
  if (!isDisputed || refundedAt !== null || paymentIntentId === null) return payment;
  const { data } = await stripe.disputes.list({ payment_intent: paymentIntentId, limit: 100 });
  return data.some(({ status }) => status === "lost") ? { ...payment, refundedAt: payment.paidAt } : payment;
}

function toSessionParams(input: CreateSessionInput): Stripe.Checkout.SessionCreateParams {
  const metadata = {
    [metadataKeys.customerId]: input.customerId,
    [metadataKeys.checkoutId]: input.checkoutId,
    ...(input.replaces === null ? {} : { [metadataKeys.replaces]: input.replaces }),
  };
  const { sells } = input;
  return {
    customer: input.stripeCustomerId,
    client_reference_id: input.customerId,
    line_items: input.items.map(({ priceId, quantity }) => ({ price: priceId, quantity })),
    success_url: input.successUrl,
    cancel_url: input.cancelUrl,
    ...(input.coupon === null ? { allow_promotion_codes: true } : { discounts: [{ coupon: input.coupon }] }),
    ...(sells.kind === "plan"
      ? toSubscriptionParams(sells.trial, metadata)
      : toPaymentParams({
          ...metadata,
          [metadataKeys.productId]: sells.productId,
          [metadataKeys.version]: sells.version,
          [metadataKeys.quantity]: String(input.items[0]?.quantity ?? 1),
        })),
  };
}

function toPaymentParams(metadata: Record<string, string>) {
  return { mode: "payment" as const, metadata, payment_intent_data: { metadata } };
}

function toSubscriptionParams(trial: Trial | null, metadata: Record<string, string>) {
  return {
    mode: "subscription" as const,
    metadata,
    payment_method_collection: trial?.requiresCard === false ? ("if_required" as const) : ("always" as const),
    subscription_data: {
      metadata,
      ...(trial === null
        ? {}
        : {
            trial_period_days: trial.days,
            trial_settings: { end_behavior: { missing_payment_method: "cancel" as const } },
          }),
    },
  };
}
