import type { App } from "./app.js";
import { syncForReturn } from "./complete-checkout.js";
import { openVisit } from "./portal-visit.js";

/**
 * Reads again who comes back from Stripe's portal, so that the next page shows what they did there, with or without a
 * webhook. Where they go was sealed when they were sent there; what was not, or with a secret that has changed since, leads to
 * the app's first page. When Stripe cannot be asked the person goes on all the same.
 */
export async function completePortal(app: App, sealed: string): Promise<{ redirectUrl: string }> {
  const { webhookSecret } = await app.gateway();
  const visit = openVisit(sealed, webhookSecret);
  if (visit === null) return { redirectUrl: "/" };
  const { customerId, returnUrl } = visit;
  await syncForReturn(app, customerId);
  return { redirectUrl: returnUrl };
}
