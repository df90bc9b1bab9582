import type Stripe from "stripe";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import type { IdempotencyKey } from "./idempotency-key.js";
import { metadataKeys } from "./metadata.js";

const prefix = "price_";

/**
 * Writes down on a subscription which of its prices end with their period. A schedule makes them end; but it has to go
 * before a change, a cancellation or while a payment is waited for, and this stays.
 */
export async function markLeaving(
  stripe: StripeClient,
  { subscriptionId, priceIds }: { subscriptionId: string; priceIds: readonly string[] },
  idempotencyKey: IdempotencyKey,
): Promise<void> {
  // Without what they all begin with, the prices of 20 items fit into the 500 characters of a value.
  const leaving = priceIds.map((id) => id.slice(prefix.length)).join();
  const metadata = { [metadataKeys.leaving]: leaving };
  await callStripe(() => stripe.subscriptions.update(subscriptionId, { metadata }, { idempotencyKey }));
}

export function readLeaving(metadata: Stripe.Metadata): string[] {
  const leaving = metadata[metadataKeys.leaving] ?? "";
  return leaving === "" ? [] : leaving.split(",").map((id) => `${prefix}${id}`);
}
