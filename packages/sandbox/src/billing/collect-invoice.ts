import { isHardDecline, nextAttemptAt } from "../engine/dunning.js";
import { type Attempt, answerPaymentChallenge, confirmPaymentIntent } from "../payments/payment-intent.js";
import { bindPaymentMethod } from "../payments/payment-method.js";
import type { PaymentIntent } from "../world/objects/intent.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { afterFailure } from "./after-failure.js";
import { subscriptionOf } from "./create-invoice.js";
import { recordPaid } from "./record-paid.js";

/** What came of collecting an invoice. */
export type Collection = { type: "paid" } | { type: "no_method" } | Attempt;

export type CollectOptions = {
  paymentMethod?: string;
  isOffSession?: boolean;
  /** One of the sandbox's own attempts: the first or a retry; those count, and a failed one plans the next. */
  isAutomatic?: boolean;
};

/** Tries to take what an open invoice asks for. */
export function collectInvoice(world: World, id: string, options: CollectOptions = {}): Collection {
  const invoice = world.get("invoice", id);
  if (invoice.status === "paid") return { type: "paid" };
  const method = options.paymentMethod ?? methodFor(world, invoice);
  if (method === null) {
    recordFailure(world, id, { options, code: null, needsAction: false });
    return { type: "no_method" };
  }
  if (options.isAutomatic && invoice.hidden.hardDeclinedMethod === method) {
    recordFailure(world, id, { options, code: null, needsAction: false });
    return { type: "no_method" };
  }
  const attempt = confirmPaymentIntent(world, intentOf(world, invoice).id, {
    paymentMethod: method,
    isOffSession: options.isOffSession ?? true,
    returnUrl: invoice.hosted_invoice_url ?? world.url,
  });
  return concludeAttempt(world, attempt, { ...options, paymentMethod: method });
}

/** Confirms an intent; if it is an invoice's, the invoice and its subscription follow. */
export function confirmIntent(
  world: World,
  id: string,
  confirmation: { paymentMethod?: string; isOffSession?: boolean; returnUrl?: string },
): Attempt {
  return concludeAttempt(world, confirmPaymentIntent(world, id, confirmation), {});
}

/** The person passed or failed the 3D Secure step. */
export function answerChallenge(world: World, intent: string, passed: boolean): Attempt {
  return concludeAttempt(world, answerPaymentChallenge(world, intent, passed), {});
}

/** The method an invoice is charged to: its own, the subscription's, the customer's default. */
function methodFor(world: World, invoice: Invoice): string | null {
  const subscription = subscriptionOf(invoice);
  const customer = world.get("customer", invoice.customer);
  const candidates = [
    invoice.default_payment_method,
    subscription === null ? null : world.get("subscription", subscription).default_payment_method,
    customer.invoice_settings.default_payment_method,
  ];
  return (
    candidates.find((id) => id !== null && world.find("payment_method", id)?.customer === invoice.customer) ??
    null
  );
}

export function intentOf(world: World, invoice: Invoice): PaymentIntent {
  const payment = world.ofInvoice("invoice_payment", invoice.id).find(({ status }) => status !== "canceled");
  if (payment === undefined) throw new Error(`${invoice.id} has no payment`);
  return world.get("payment_intent", payment.payment.payment_intent);
}

function concludeAttempt(world: World, attempt: Attempt, options: CollectOptions): Attempt {
  const { invoice } = attempt.intent.hidden;
  if (invoice === null) return attempt;
  if (attempt.type === "succeeded") {
    const method = attempt.intent.payment_method;
    if (method !== null) bindPaymentMethod(world, method, world.get("invoice", invoice).customer);
    recordPaid(world, invoice, {
      intent: attempt.intent,
      attempt: { count: attemptsAfter(world, invoice, options) },
    });
  }
  if (attempt.type === "requires_action")
    recordFailure(world, invoice, { options, code: null, needsAction: true });
  if (attempt.type === "declined") {
    recordFailure(world, invoice, {
      options,
      code: attempt.decline.declineCode ?? attempt.decline.code,
      needsAction: attempt.decline.code === "authentication_required",
    });
  }
  return attempt;
}

function recordFailure(
  world: World,
  id: string,
  { options, code, needsAction }: { options: CollectOptions; code: string | null; needsAction: boolean },
): void {
  world.track("invoice", id, "invoice.updated", () => {
    const invoice = world.get("invoice", id);
    const attempts = attemptsAfter(world, id, options);
    const next = planNextAttempt(world, invoice, { attempts, isAutomatic: options.isAutomatic ?? false });
    world.change("invoice", id, {
      attempted: true,
      attempt_count: attempts,
      next_payment_attempt: next,
      hidden: {
        ...invoice.hidden,
        hardDeclinedMethod: isHardDecline(code)
          ? (options.paymentMethod ?? null)
          : invoice.hidden.hardDeclinedMethod,
        isExhausted:
          invoice.hidden.isExhausted ||
          (options.isAutomatic === true && next === null && canRetry(world, invoice)),
      },
    });
  });
  const failed = world.get("invoice", id);
  if (needsAction) world.emit("invoice.payment_action_required", failed);
  world.emit("invoice.payment_failed", failed);
  afterFailure(world, id);
}

/** Any first attempt counts; after it only the sandbox's own retries do. */
function attemptsAfter(world: World, id: string, { isAutomatic = false }: CollectOptions): number {
  const { attempt_count } = world.get("invoice", id);
  return attempt_count === 0 || isAutomatic ? attempt_count + 1 : attempt_count;
}

function planNextAttempt(
  world: World,
  invoice: Invoice,
  { attempts, isAutomatic }: { attempts: number; isAutomatic: boolean },
): number | null {
  if (!canRetry(world, invoice)) return null;
  if (!isAutomatic && invoice.next_payment_attempt !== null && invoice.attempt_count > 0)
    return invoice.next_payment_attempt;
  return nextAttemptAt({
    policy: world.settings.dunning,
    attempts,
    failedAt: world.nowFor(invoice.customer),
  });
}

/** The first invoice of a subscription is the customer's to pay; it is never retried. */
function canRetry(world: World, invoice: Invoice): boolean {
  if (!invoice.auto_advance || invoice.collection_method !== "charge_automatically") return false;
  const subscription = subscriptionOf(invoice);
  return subscription === null || world.get("subscription", subscription).status !== "incomplete";
}
