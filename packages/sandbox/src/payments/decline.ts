import { ApiError, docUrl } from "../wire/errors.js";
import type { PaymentError } from "../world/objects/intent.js";
import type { PaymentMethod } from "../world/objects/payment-method.js";

/** Why a card was refused. `declineCode` is the issuer's own word, where there is one. */
export type Decline = { code: string; declineCode: string | null; message: string };

export const DECLINES = {
  generic: decline("card_declined", "generic_decline", "Your card was declined."),
  insufficientFunds: decline("card_declined", "insufficient_funds", "Your card has insufficient funds."),
  lostCard: decline("card_declined", "lost_card", "Your card was declined."),
  stolenCard: decline("card_declined", "stolen_card", "Your card was declined."),
  velocity: decline(
    "card_declined",
    "card_velocity_exceeded",
    "Your card was declined: too many attempts, or over its limit.",
  ),
  blocked: decline("card_declined", "fraudulent", "Your card was declined."),
  expired: decline("expired_card", null, "Your card has expired."),
  incorrectCvc: decline("incorrect_cvc", null, "Your card's security code is incorrect."),
  processing: decline("processing_error", null, "Your card could not be processed. Try again in a moment."),
  authenticationRequired: decline(
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
  ),
  authenticationFailed: decline(
    "payment_intent_authentication_failure",
    null,
    "Your card could not be authenticated. Choose another one, or try again.",
  ),
  setupAuthenticationFailed: decline(
    "setup_intent_authentication_failure",
    null,
    "Your card could not be authenticated. Choose another one, or try again.",
  ),
} as const;

function decline(code: string, declineCode: string | null, message: string): Decline {
  return { code, declineCode, message };
}

/** `last_payment_error` of an intent. */
export function toPaymentError(
  { code, declineCode, message }: Decline,
  { charge, paymentMethod }: { charge?: string; paymentMethod?: unknown },
): PaymentError {
  return {
    ...(charge === undefined ? {} : { charge }),
    code,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    doc_url: docUrl(code),
    message,
    ...(paymentMethod === undefined ? {} : { payment_method: paymentMethod }),
    type: code.endsWith("authentication_failure") ? "invalid_request_error" : "card_error",
  };
}

/** The 402 of a refused card. What led to it stays: the intent and its failed charge. */
export function cardError(
  { code, declineCode, message }: Decline,
  extra: { charge?: string; payment_intent?: unknown; setup_intent?: unknown; payment_method?: unknown } = {},
  keepsChanges = true,
): ApiError {
  const body = {
    type: "card_error" as const,
    code,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    message,
    ...extra,
  };
  return new ApiError(402, body, { keepsChanges });
}

export type { PaymentMethod };
