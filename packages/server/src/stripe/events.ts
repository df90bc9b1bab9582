import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { fromEvent } from "./webhook-event.js";

/** Which customers something happened to since an instant, at most 30 days ago: Stripe keeps events no longer. */
export async function listChangedCustomers(stripe: StripeClient, since: Date): Promise<Set<string>> {
  const changed = new Set<string>();
  await callStripe(async () => {
    const created = { gte: Math.floor(since.getTime() / 1000) };
    for await (const event of stripe.events.list({ created, limit: 100 })) {
      const { stripeCustomerId } = fromEvent(event);
      if (stripeCustomerId !== null) changed.add(stripeCustomerId);
    }
  });
  return changed;
}
