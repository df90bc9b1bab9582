import { invalid } from "../wire/errors.js";
import type { Charge } from "../world/objects/charge.js";
import type { PaymentIntent } from "../world/objects/intent.js";
import type { PaymentMethod } from "../world/objects/payment-method.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { createCharge, recordBalance } from "./charge.js";
import { decideCharge, type Verdict } from "./decide-charge.js";
import { DECLINES, type Decline, toPaymentError } from "./decline.js";
import { disputeKind, openDispute } from "./dispute.js";
import { blankIntent, challengeAction, methodToConfirm, unexpectedState } from "./intent.js";
import { bindPaymentMethod, cardOf } from "./payment-method.js";

export type NewPaymentIntent = Pick<PaymentIntent, "amount" | "currency"> &
  Partial<Omit<PaymentIntent, "hidden">> & { hidden?: Partial<PaymentIntent["hidden"]> };

export function createPaymentIntent(world: World, given: NewPaymentIntent): PaymentIntent {
  const intent = world.put<PaymentIntent>({
    ...blankIntent(world, "payment_intent", given),
    object: "payment_intent",
    amount_capturable: 0,
    amount_received: 0,
    application_fee_amount: null,
    canceled_at: null,
    capture_method: "automatic_async",
    confirmation_method: "automatic",
    last_payment_error: null,
    latest_charge: null,
    managed_payments: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
    ...given,
    hidden: {
      invoice: null,
      checkoutSession: null,
      isOffSession: false,
      returnUrl: null,
      hasPassedChallenge: false,
      ...given.hidden,
    },
  });
  world.emit("payment_intent.created", intent);
  return intent;
}

export type Confirmation = { paymentMethod?: string; isOffSession?: boolean; returnUrl?: string };

/** What came of an attempt; a decline has its charge. */
export type Attempt =
  | { type: "succeeded" | "requires_capture"; intent: PaymentIntent }
  | { type: "requires_action"; intent: PaymentIntent }
  | { type: "declined"; intent: PaymentIntent; decline: Decline; charge: Charge | null };

/** Tries the card. @throws ApiError 400 when the intent is past confirming or has no payment method */
export function confirmPaymentIntent(world: World, id: string, confirmation: Confirmation = {}): Attempt {
  const before = world.get("payment_intent", id);
  const methodId = methodToConfirm(before, confirmation.paymentMethod);
  const intent = world.change("payment_intent", id, {
    payment_method: methodId,
    hidden: {
      ...before.hidden,
      isOffSession: confirmation.isOffSession ?? false,
      returnUrl: confirmation.returnUrl ?? before.hidden.returnUrl,
      hasPassedChallenge: false,
    },
  });
  return attempt(world, intent);
}

/** The end of the 3D Secure step: passed, the charge goes through; failed, the payment is declined. */
export function answerPaymentChallenge(world: World, id: string, passed: boolean): Attempt {
  const intent = world.get("payment_intent", id);
  if (intent.status !== "requires_action") throw unexpectedState(intent, "authenticate");
  if (!passed) return declined(world, intent, { decline: DECLINES.authenticationFailed, charge: null });
  return attempt(
    world,
    world.change("payment_intent", id, { hidden: { ...intent.hidden, hasPassedChallenge: true } }),
  );
}

export function capturePaymentIntent(world: World, id: string, amount?: number): PaymentIntent {
  const intent = world.get("payment_intent", id);
  if (intent.status !== "requires_capture" || intent.latest_charge === null)
    throw unexpectedState(intent, "capture");
  const captured = amount ?? intent.amount_capturable;
  if (captured > intent.amount_capturable) {
    throw invalid("The amount to capture is more than the amount that can be captured.", {
      code: "amount_too_large",
      param: "amount_to_capture",
    });
  }
  const charge = world.change("charge", intent.latest_charge, {
    captured: true,
    amount_captured: captured,
    amount_refunded: intent.amount - captured,
    balance_transaction: recordBalance(world, {
      intent,
      source: intent.latest_charge,
      amount: captured,
      type: "charge",
    }).id,
  });
  world.emit("charge.captured", charge);
  const done = world.change("payment_intent", id, {
    status: "succeeded",
    amount_received: captured,
    amount_capturable: 0,
  });
  world.emit("payment_intent.succeeded", done);
  return done;
}

export function cancelPaymentIntent(world: World, id: string, reason: string | null): PaymentIntent {
  const intent = world.get("payment_intent", id);
  if (intent.status === "succeeded" || intent.status === "canceled") throw unexpectedState(intent, "cancel");
  const canceled = world.change("payment_intent", id, {
    status: "canceled",
    canceled_at: world.nowFor(intent.customer),
    cancellation_reason: reason,
    amount_capturable: 0,
    next_action: null,
  });
  world.emit("payment_intent.canceled", canceled);
  return canceled;
}

function attempt(world: World, intent: PaymentIntent): Attempt {
  const method = world.get("payment_method", intent.payment_method ?? "");
  const { isOffSession, hasPassedChallenge } = intent.hidden;
  const isRefused = intent.customer !== null && world.refusedCustomers.has(intent.customer);
  const verdict: Verdict = isRefused
    ? { type: "declined", decline: DECLINES.generic }
    : decideCharge(cardOf(method), { isOffSession, hasPassedChallenge, isSetUp: method.hidden.isSetUp });
  if (verdict.type === "challenge") return challenged(world, intent);
  if (verdict.type === "declined") {
    const charge = createCharge(world, { intent, method, decline: verdict.decline });
    world.emit("charge.failed", charge);
    return declined(world, intent, { decline: verdict.decline, charge });
  }
  return approved(world, intent, method);
}

function challenged(world: World, intent: PaymentIntent): Attempt {
  const waiting = world.change("payment_intent", intent.id, {
    status: "requires_action",
    last_payment_error: null,
    next_action: challengeAction(world, intent),
  });
  world.emit("payment_intent.requires_action", waiting);
  return { type: "requires_action", intent: waiting };
}

function declined(
  world: World,
  intent: PaymentIntent,
  { decline, charge }: { decline: Decline; charge: Charge | null },
): Attempt {
  const method = intent.payment_method ? world.find("payment_method", intent.payment_method) : undefined;
  const failed = world.change("payment_intent", intent.id, {
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    latest_charge: charge?.id ?? intent.latest_charge,
    last_payment_error: toPaymentError(decline, {
      ...(charge ? { charge: charge.id } : {}),
      ...(method ? { paymentMethod: renderStored(world, method) } : {}),
    }),
  });
  world.emit("payment_intent.payment_failed", failed);
  return { type: "declined", intent: failed, decline, charge };
}

function approved(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  const isManual = intent.capture_method === "manual";
  if (intent.setup_future_usage !== null || intent.hidden.hasPassedChallenge)
    rememberSetup(world, intent, method);
  const charge = createCharge(world, { intent, method, decline: null });
  world.emit("charge.succeeded", charge);
  const done = world.change("payment_intent", intent.id, {
    status: isManual ? "requires_capture" : "succeeded",
    amount_received: isManual ? 0 : intent.amount,
    amount_capturable: isManual ? intent.amount : 0,
    latest_charge: charge.id,
    next_action: null,
    last_payment_error: null,
  });
  world.emit(isManual ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded", done);
  const dispute = disputeKind(world, charge);
  if (dispute !== undefined && !isManual) openDispute(world, charge, dispute);
  return { type: isManual ? "requires_capture" : "succeeded", intent: done };
}

function rememberSetup(world: World, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.setup_future_usage === null) return;
  world.change("payment_method", method.id, {
    hidden: { ...method.hidden, isSetUp: intent.setup_future_usage === "off_session" },
  });
  if (intent.customer !== null) bindPaymentMethod(world, method.id, intent.customer);
}
