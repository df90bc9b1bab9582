import Stripe from "stripe";
import { PayKitError } from "../contract/index.js";
import type { StripeClient } from "./client.js";
import { toId } from "./from-stripe.js";

/** What PayKit takes from a delivered event: which it is and whom to look at. The rest is read from Stripe. */
export interface WebhookEvent {
  id: string;
  type: string;
  /** The object that it is about, `in_...` or `sub_...` for instance; null when it has no id. */
  objectId: string | null;
  stripeCustomerId: string | null;
  /** For an object without a customer (a dispute, a refund): the charge to ask for one. */
  chargeId: string | null;
}

export interface SignedBody {
  body: string;
  signature: string | null;
  secret: string;
}

/**
 * Verifies Stripe's signature over the raw body (Stripe: "Verify webhook signatures manually").
 * Errors: SIGNATURE_MISSING, SIGNATURE_INVALID.
 */
export async function verifyEvent(stripe: StripeClient, signed: SignedBody): Promise<WebhookEvent> {
  if (signed.signature === null) {
    throw new PayKitError("SIGNATURE_MISSING", "The request has no stripe-signature header.");
  }
  try {
    const event = await stripe.webhooks.constructEventAsync(signed.body, signed.signature, signed.secret);
    return fromEvent(event);
  } catch (cause) {
    const message =
      cause instanceof Stripe.errors.StripeSignatureVerificationError
        ? "The signature does not fit the body. Is webhookSecret the secret of this very endpoint?"
        : "The body is not an event of Stripe's.";
    throw new PayKitError("SIGNATURE_INVALID", message, { cause });
  }
}

interface EventObject {
  id?: string;
  object?: string;
  customer?: string | { id: string } | null;
  charge?: string | { id: string } | null;
}

export function fromEvent(event: Stripe.Event): WebhookEvent {
  const object = event.data.object as EventObject;
  // A card that was detached is nobody's any more; whose it was is among what changed.
  const previous = event.data.previous_attributes as EventObject | undefined;
  const isCustomer = object.object === "customer";
  return {
    id: event.id,
    type: event.type,
    objectId: object.id ?? null,
    stripeCustomerId: isCustomer ? (object.id ?? null) : toId(object.customer ?? previous?.customer ?? null),
    chargeId: toId(object.charge ?? null),
  };
}
