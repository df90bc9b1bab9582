import { callStripeOrNull } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { toId } from "./from-stripe.js";

/** Whose charge it was; null when Stripe has no such charge or it had no customer. */
export async function findChargedCustomer(stripe: StripeClient, chargeId: string): Promise<string | null> {
  const charge = await callStripeOrNull(() => stripe.charges.retrieve(chargeId));
  return toId(charge?.customer ?? null);
}
