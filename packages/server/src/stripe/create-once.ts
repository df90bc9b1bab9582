import Stripe from "stripe";
import { type IdempotencyKey, toIdempotencyKey } from "./idempotency-key.js";

/** A noun of Stripe's that something can be made of. */
export interface Creatable<Params, Made> {
  create(
    params: Params,
    options: { idempotencyKey: IdempotencyKey; maxNetworkRetries?: number },
  ): Promise<Made>;
}

export interface CreateOnceInput<Params> {
  params: Params;
  /** Says which one it is: two attempts at the same thing have the same key, and two things never have. */
  idempotencyKey: IdempotencyKey;
}

/** Failures of one key that are walked past. */
const mostAttempts = 12;

/**
 * Makes one thing, however often it is tried. The parameters are part of the key that is sent, because Stripe refuses a key
 * with other parameters. Stripe also keeps a failure of its own (a 5xx) under the key for a day and repeats it; a
 * repeated failure tells nothing about now, so the next key in a fixed order is tried, the same one for everybody.
 */
export async function createOnce<Params, Made>(
  noun: Creatable<Params, Made>,
  { params, idempotencyKey: of }: CreateOnceInput<Params>,
): Promise<Made> {
  for (let attempt = 1; ; attempt += 1) {
    const idempotencyKey = toIdempotencyKey("create", of, JSON.stringify(params), attempt);
    try {
      // A new failure ends the walk, and the SDK's own repetition would hide that it is new.
      return await noun.create(params, {
        idempotencyKey,
        ...(attempt === 1 ? {} : { maxNetworkRetries: 0 }),
      });
    } catch (error) {
      if (attempt === mostAttempts || !isRepeatedFailure(error)) throw error;
    }
  }
}

function isRepeatedFailure(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  return (error.statusCode ?? 0) >= 500 && error.headers?.["idempotent-replayed"] === "true";
}
