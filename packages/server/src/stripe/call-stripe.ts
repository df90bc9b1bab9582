import Stripe from "stripe";
import { PayKitError } from "../contract/index.js";

/** Runs a request to Stripe; whatever goes wrong becomes a `PayKitError` whose `cause` is Stripe's own error. */
export async function callStripe<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toPayKitError(error);
  }
}

/** The request's answer, or null where Stripe says that there is no such object. */
export async function callStripeOrNull<T>(request: () => Promise<T>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (isMissing(error)) return null;
    throw toPayKitError(error);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === "resource_missing";
}

export function isTaken(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === "resource_already_exists";
}

/** Stripe's classes follow the HTTP status; ours follow what the caller can do about it. */
export function toPayKitError(cause: unknown): unknown {
  const { StripeError, StripeCardError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;
  if (!(cause instanceof StripeError)) return cause;
  if (cause instanceof StripeCardError) {
    return new PayKitError("CARD_DECLINED", cause.message, { cause });
  }
  if (cause instanceof StripeRateLimitError) {
    return new PayKitError("STRIPE_RATE_LIMITED", "Stripe asks for fewer requests; try again in a moment.", {
      cause,
    });
  }
  if (cause instanceof StripeConnectionError || isServerFault(cause)) {
    return new PayKitError("STRIPE_UNAVAILABLE", "Stripe did not answer; nothing was changed, try again.", {
      cause,
    });
  }
  if (isMissing(cause) && (cause.param === "customer" || cause.message.startsWith("No such customer"))) {
    const message =
      "Stripe does not know this customer. Is the key of another account or mode than the one the customer was made with?";
    return new PayKitError("STRIPE_CUSTOMER_MISSING", message, { cause });
  }
  return new PayKitError("STRIPE_FAILED", `Stripe refused the request: ${cause.message}`, { cause });
}

/** 409 is another request that holds the same object or key: waiting helps, changing the request does not. */
function isServerFault({ statusCode }: Stripe.errors.StripeError): boolean {
  return statusCode !== undefined && (statusCode >= 500 || statusCode === 409);
}
