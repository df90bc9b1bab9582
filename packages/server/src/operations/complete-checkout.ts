import { PayKitError } from "../contract/index.js";
import { findCheckout } from "../database/checkout.js";
import { findCustomerByStripeId } from "../database/sync-state.js";
import { getSession } from "../stripe/checkout-sessions.js";
import type { App } from "./app.js";
import { tellSoon } from "./tell-soon.js";

/** Where to send the person who came back from Stripe's page. */
export interface CompletedCheckout {
  redirectUrl: string;
}

/**
 * Reads from Stripe what was bought, so that the first page after it shows the new plan, with or without a webhook. The
 * id in the URL proves nothing: it only says which customer to look at, and where to go was written down beforehand.
 * When Stripe cannot be asked the person goes on all the same, and the webhook brings the rest. Errors: SESSION_UNKNOWN.
 */
export async function completeCheckout(app: App, sessionId: string): Promise<CompletedCheckout> {
  const checkout = await app.database.query((orm) => findCheckout(orm, sessionId));
  if (checkout === null) return completeUnknown(app, sessionId);
  const { customerId, successUrl } = checkout;
  await syncForReturn(app, customerId);
  return { redirectUrl: successUrl };
}

/** A session that we have not written down: a crash right after it was made. Its customer must be one of ours. */
async function completeUnknown(app: App, sessionId: string): Promise<CompletedCheckout> {
  const { client } = await app.gateway();
  const session = await getSession(client, sessionId);
  const stripeCustomerId = session?.stripeCustomerId ?? null;
  const customerId =
    stripeCustomerId === null
      ? null
      : await app.database.query((orm) => findCustomerByStripeId(orm, stripeCustomerId));
  if (customerId === null) throw new PayKitError("SESSION_UNKNOWN", "There is no such checkout.");
  await app.sync(customerId);
  tellSoon(app, customerId);
  return { redirectUrl: "/" };
}

/** Reads a customer who has just come back from Stripe; when that takes too long or fails, they go on all the same. */
export async function syncForReturn(app: App, customerId: string): Promise<void> {
  try {
    await withPatience(app.sync(customerId));
    tellSoon(app, customerId);
  } catch (error) {
    app.log.error(
      `paykit: customer ${customerId} is back from Stripe and could not be read there yet`,
      error,
    );
  }
}

const patienceMs = 10_000;

/** Somebody is looking at an empty page meanwhile. */
async function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Stripe took longer than ${patienceMs} ms`)), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
