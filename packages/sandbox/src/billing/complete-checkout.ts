import { priceAmount } from "../engine/price-lines.js";
import type { Decline } from "../payments/decline.js";
import {
  answerPaymentChallenge,
  confirmPaymentIntent,
  createPaymentIntent,
} from "../payments/payment-intent.js";
import { bindPaymentMethod } from "../payments/payment-method.js";
import { answerSetupChallenge, confirmSetupIntent, createSetupIntent } from "../payments/setup-intent.js";
import type { CheckoutSession } from "../world/objects/checkout.js";
import type { BillingDetails } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { createCustomerFor } from "./checkout-customer.js";
import { discountRequests, lineItemsOf, subscriptionDataOf, trialEndOf } from "./checkout-order.js";
import { createInvoice } from "./create-invoice.js";
import { createSubscription, type NewSubscription } from "./create-subscription.js";
import { applyDiscounts } from "./discounts.js";
import type { DraftLine } from "./draft-line.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { createInvoiceItem } from "./invoice-item.js";
import { isMetered, toPricing, toTerms } from "./price-terms.js";

/** Who pays, and with what; without a method when nothing is due and none is asked for. */
export type Payer = { paymentMethod: string | null; billing: Partial<BillingDetails> };

/** What came of finishing a session. */
export type CheckoutResult =
  | { type: "complete" }
  | { type: "declined"; decline: Decline }
  | { type: "challenge"; intent: string };

/**
 * Finishes an open session: takes the money first, and makes what was bought only when it is there. Nothing of a
 * subscription exists after a declined card.
 *
 * Source: Stripe, changelog "Checkout postpones creating subscriptions until after payment".
 */
export function completeCheckout(world: World, id: string, payer: Payer): CheckoutResult {
  const customer = createCustomerFor(world, id, payer);
  const session = world.get("checkout.session", id);
  if (payer.paymentMethod === null) return finish(world, id, { payer, customer, intent: null });
  const due = amountDue(world, session, { payer, customer });
  const intent = due > 0 ? paymentIntentFor(world, id, { amount: due, customer }) : null;
  if (intent !== null) {
    const attempt = confirmPaymentIntent(world, intent, {
      paymentMethod: payer.paymentMethod,
      returnUrl: sessionPath(world, id),
    });
    return conclude(world, id, { attempt, payer, customer, intent });
  }
  const setup = setupIntentFor(world, id, customer);
  const outcome = confirmSetupIntent(world, setup, {
    paymentMethod: payer.paymentMethod,
    returnUrl: sessionPath(world, id),
  });
  return conclude(world, id, { attempt: outcome, payer, customer, intent: null });
}

/** Goes on after the 3D Secure step that a session stands before. */
export function answerCheckoutChallenge(
  world: World,
  id: string,
  { intent, passed }: { intent: string; passed: boolean },
): CheckoutResult {
  const { awaiting } = world.get("checkout.session", id).hidden;
  if (awaiting === null) throw new Error(`${id} waits for no challenge`);
  const payer: Payer = {
    paymentMethod: awaiting.paymentMethod,
    billing: awaiting.entry as Partial<BillingDetails>,
  };
  const { customer } = world.get("checkout.session", id);
  if (intent.startsWith("pi_")) {
    const attempt = answerPaymentChallenge(world, intent, passed);
    return conclude(world, id, { attempt, payer, customer, intent });
  }
  return conclude(world, id, {
    attempt: answerSetupChallenge(world, intent, passed),
    payer,
    customer,
    intent: null,
  });
}

type Step = { payer: Payer; customer: string | null; intent: string | null };

function conclude(
  world: World,
  id: string,
  {
    attempt,
    ...step
  }: Step & {
    attempt:
      | { type: "succeeded" | "requires_capture" | "requires_action"; intent: { id: string } }
      | { type: "declined"; decline: Decline };
  },
): CheckoutResult {
  const { hidden } = world.get("checkout.session", id);
  if (attempt.type === "declined") {
    world.change("checkout.session", id, { hidden: { ...hidden, awaiting: null } });
    return { type: "declined", decline: attempt.decline };
  }
  if (attempt.type === "requires_action") {
    const { paymentMethod, billing } = step.payer;
    world.change("checkout.session", id, {
      hidden: { ...hidden, awaiting: { paymentMethod: paymentMethod ?? "", entry: billing } },
    });
    return { type: "challenge", intent: attempt.intent.id };
  }
  return finish(world, id, step);
}

function finish(world: World, id: string, step: Step): CheckoutResult {
  const session = world.get("checkout.session", id);
  if (step.payer.paymentMethod !== null && step.customer !== null && keepsMethod(session)) {
    bindPaymentMethod(world, step.payer.paymentMethod, step.customer);
  }
  if (session.mode === "subscription") makeSubscription(world, id, step);
  if (session.mode === "payment") makePurchase(world, id, step);
  const done = world.change("checkout.session", id, {
    status: "complete",
    payment_status: paymentStatus(step),
    url: null,
    hidden: { ...world.get("checkout.session", id).hidden, awaiting: null },
  });
  world.emit("checkout.session.completed", done);
  return { type: "complete" };
}

function keepsMethod({ mode, hidden }: CheckoutSession): boolean {
  return mode !== "payment" || hidden.paymentIntentData.setup_future_usage !== undefined;
}

/** Nothing to pay now: a card kept for later, a trial, an order that a discount has paid for. */
function paymentStatus({ intent }: Step): CheckoutSession["payment_status"] {
  return intent === null ? "no_payment_required" : "paid";
}

function makeSubscription(world: World, id: string, { payer, customer, intent }: Step): void {
  const session = world.get("checkout.session", id);
  const subscription = createSubscription(
    world,
    newSubscription(world, session, {
      customer: customer ?? "",
      method: payer.paymentMethod,
      paidBy: intent,
    }),
  );
  world.change("checkout.session", id, {
    subscription: subscription.id,
    invoice: subscription.latest_invoice,
  });
}

function newSubscription(
  world: World,
  session: CheckoutSession,
  { customer, method, paidBy }: { customer: string; method: string | null; paidBy: string | null },
): NewSubscription {
  const data = subscriptionDataOf(session);
  const items = lineItemsOf(world, session);
  const [recurring, oneOff] = [
    items.filter(({ price }) => world.get("price", price).recurring !== null),
    items.filter(({ price }) => world.get("price", price).recurring === null),
  ];
  return {
    customer,
    items: recurring.map((item) => ({
      price: item.price,
      ...(isMetered(world.get("price", item.price)) ? {} : { quantity: item.quantity ?? 1 }),
      metadata: item.metadata,
    })),
    trialEnd: trialEndOf(world, session),
    anchor: data.billing_cycle_anchor ?? null,
    prorationBehavior: data.proration_behavior ?? "create_prorations",
    defaultPaymentMethod: method,
    discounts: discountRequests(session),
    checkoutSession: session.id,
    metadata: data.metadata ?? {},
    description: data.description ?? null,
    invoiceSettings: { description: data.invoice_settings?.description ?? null },
    ...(data.trial_settings ? { trialSettings: data.trial_settings.end_behavior } : {}),
    ...(data.billing_mode
      ? {
          billingMode: {
            flexible:
              data.billing_mode.type === "flexible"
                ? (data.billing_mode.flexible ?? { proration_discounts: "included" })
                : null,
            type: data.billing_mode.type,
          },
        }
      : {}),
    ...(paidBy === null ? {} : { paidBy }),
    // Without a payment, only the total is asked for; the invoice is left open.
    ...(paidBy === null ? { paymentBehavior: "default_incomplete" as const } : {}),
    extraItems: (subscription) => {
      for (const item of oneOff) {
        const price = world.get("price", item.price);
        createInvoiceItem(world, {
          customer,
          currency: price.currency,
          amount: priceAmount(toTerms(price), String(item.quantity ?? 1)),
          description: world.get("product", price.product).name,
          discountable: true,
          period: { start: subscription.created, end: subscription.created },
          pricing: toPricing(price),
          quantity: item.quantity ?? 1,
          subscription: subscription.id,
          proration: null,
        });
      }
    },
  };
}

/** What the first payment takes, the customer's balance included; found by doing it and taking it back. */
function amountDue(
  world: World,
  session: CheckoutSession,
  { payer, customer }: { payer: Payer; customer: string | null },
): number {
  if (session.mode === "setup") return 0;
  if (session.mode === "payment") return session.amount_total ?? 0;
  return world.rehearse(() => {
    if (payer.paymentMethod !== null) bindPaymentMethod(world, payer.paymentMethod, customer ?? "");
    const { latest_invoice } = createSubscription(
      world,
      newSubscription(world, session, {
        customer: customer ?? "",
        method: payer.paymentMethod,
        paidBy: null,
      }),
    );
    return latest_invoice === null ? 0 : world.get("invoice", latest_invoice).amount_remaining;
  });
}

function makePurchase(world: World, id: string, { customer }: Step): void {
  const session = world.get("checkout.session", id);
  const invoice =
    session.invoice_creation?.enabled && customer !== null ? invoicePurchase(world, session, customer) : null;
  world.change("checkout.session", id, { invoice });
}

/** The paid invoice of a one-off purchase. */
function invoicePurchase(world: World, session: CheckoutSession, customer: string): string {
  const data = session.invoice_creation?.invoice_data;
  const now = world.nowFor(customer);
  const discounts = applyDiscounts(world, discountRequests(session), {
    customer,
    checkoutSession: session.id,
  });
  const items = lineItemsOf(world, session).map((item) => {
    const price = world.get("price", item.price);
    return createInvoiceItem(world, {
      customer,
      currency: price.currency,
      amount: item.amount_subtotal,
      description: item.description,
      discountable: true,
      period: { start: now, end: now },
      pricing: toPricing(price),
      quantity: item.quantity ?? 1,
      subscription: null,
      proration: null,
    });
  });
  const draft = createInvoice(world, {
    customer,
    currency: session.currency ?? "usd",
    subscription: null,
    reason: "manual",
    lines: [] satisfies DraftLine[],
    pendingItems: items,
    discounts,
    period: { start: now, end: now },
    autoAdvance: false,
    metadata: data?.metadata ?? {},
    description: data?.description ?? null,
    footer: data?.footer ?? null,
    customFields: data?.custom_fields ?? null,
  });
  finalizeInvoice(world, draft.id, session.payment_intent === null ? {} : { paidBy: session.payment_intent });
  return draft.id;
}

/** The intent of a session; a declined card leaves it to be tried again. */
function paymentIntentFor(
  world: World,
  id: string,
  { amount, customer }: { amount: number; customer: string | null },
): string {
  const session = world.get("checkout.session", id);
  const known = session.hidden.paymentIntentData.attempted;
  if (typeof known === "string" && world.get("payment_intent", known).status !== "canceled") {
    world.change("payment_intent", known, { amount, customer });
    return known;
  }
  const data = session.mode === "payment" ? session.hidden.paymentIntentData : {};
  const intent = createPaymentIntent(world, {
    amount,
    currency: session.currency ?? "usd",
    customer,
    description:
      typeof data.description === "string"
        ? data.description
        : session.mode === "subscription"
          ? "Subscription creation"
          : null,
    metadata: (data.metadata as Record<string, string> | undefined) ?? {},
    capture_method: (data.capture_method as "manual" | undefined) ?? "automatic_async",
    receipt_email: (data.receipt_email as string | undefined) ?? null,
    setup_future_usage:
      session.mode === "subscription"
        ? "off_session"
        : ((data.setup_future_usage as "off_session" | undefined) ?? null),
    hidden: { checkoutSession: id },
  });
  world.change("checkout.session", id, {
    payment_intent: session.mode === "payment" ? intent.id : null,
    hidden: {
      ...session.hidden,
      paymentIntentData: { ...session.hidden.paymentIntentData, attempted: intent.id },
    },
  });
  return intent.id;
}

function setupIntentFor(world: World, id: string, customer: string | null): string {
  const session = world.get("checkout.session", id);
  if (session.setup_intent !== null) {
    world.change("setup_intent", session.setup_intent, { customer });
    return session.setup_intent;
  }
  const data = session.hidden.setupIntentData;
  const intent = createSetupIntent(world, {
    customer,
    description: (data.description as string | undefined) ?? null,
    metadata: (data.metadata as Record<string, string> | undefined) ?? {},
    hidden: { checkoutSession: id },
  });
  if (session.mode === "setup") world.change("checkout.session", id, { setup_intent: intent.id });
  return intent.id;
}

function sessionPath(world: World, id: string): string {
  return `${world.url}/c/pay/${id}`;
}
