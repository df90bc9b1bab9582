import { priceAmount } from "../engine/price-lines.js";
import type { Decline } from "../payments/decline.js";
import { answerPaymentChallenge, confirmPaymentIntent } from "../payments/payment-intent.js";
import { bindPaymentMethod } from "../payments/payment-method.js";
import { answerSetupChallenge, confirmSetupIntent } from "../payments/setup-intent.js";
import type { CheckoutSession } from "../world/objects/checkout.js";
import type { BillingDetails } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { createCustomerFor } from "./checkout-customer.js";
import { paymentIntentFor, setupIntentFor } from "./checkout-intents.js";
import { discountRequests, lineItemsOf, subscriptionDataOf, trialEndOf } from "./checkout-order.js";
import { makePurchase } from "./checkout-purchase.js";
import { createSubscription, type NewSubscription } from "./create-subscription.js";
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

function sessionPath(world: World, id: string): string {
  return `${world.url}/c/pay/${id}`;
}
