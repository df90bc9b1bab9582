import { createHash } from "node:crypto";
import {
  addCheckout,
  type CheckoutRow,
  listUnfinished,
  markExpired,
  markOpen,
} from "../database/checkout.js";
import { expectPayment } from "../database/sync-due.js";
import { createSession, expireSession, getSession, type Trial } from "../stripe/checkout-sessions.js";
import { toIdempotencyKey } from "../stripe/idempotency-key.js";
import type { App } from "./app.js";
import type { Offer } from "./choose-offer.js";
import type { ReturnUrls } from "./return-urls.js";

export interface OpenCheckoutInput {
  customerId: string;
  stripeCustomerId: string;
  /** For a new row; an equal checkout that is open keeps its own. */
  checkoutId: string;
  offer: Offer;
  items: { priceId: string; quantity: number }[];
  trial: Trial | null;
  coupon: string | null;
  /** The subscription that this one is bought in place of. */
  replaces: string | null;
  urls: ReturnUrls;
}

/** The page of an equal checkout that is still open, else a new one; others for the same thing are closed first. */
export async function openCheckout(app: App, input: OpenCheckoutInput): Promise<string> {
  const fingerprint = fingerprintOf(input);
  const reusable = await closeOthers(app, input, fingerprint);
  if (reusable?.status === "open" && reusable.url !== null) return reusable.url;
  const checkoutId = reusable?.checkoutId ?? input.checkoutId;
  // Written first: after a crash the same row, and with it the same idempotency key, asks for the same session.
  if (reusable === null) await app.database.query((orm) => addCheckout(orm, toRow(input, fingerprint)));
  const { client } = await app.gateway();
  const { product } = input.offer;
  const session = await createSession(client, {
    customerId: input.customerId,
    stripeCustomerId: input.stripeCustomerId,
    checkoutId,
    items: input.items,
    successUrl: input.urls.returnUrl,
    cancelUrl: input.urls.cancelUrl,
    coupon: input.coupon,
    replaces: input.replaces,
    sells:
      product.kind === "plan"
        ? { kind: "plan", trial: input.trial }
        : { kind: "product", productId: product.id, version: product.version },
    idempotencyKey: toIdempotencyKey("checkout", checkoutId),
  });
  const { id: sessionId, url, expiresAt } = session;
  const { customerId } = input;
  await app.database.transaction(async (tx) => {
    await markOpen(tx, { customerId, checkoutId, sessionId, url, expiresAt });
    await expectPayment(tx, { customerId, usesTestClocks: app.usesTestClocks });
  });
  return url;
}

/** Closes every unfinished checkout of the same thing but an equal one, which it gives back. */
async function closeOthers(
  app: App,
  input: OpenCheckoutInput,
  fingerprint: string,
): Promise<CheckoutRow | null> {
  let reusable: CheckoutRow | null = null;
  for (const row of await listUnfinishedOf(app, input)) {
    const isEqual = row.fingerprint === fingerprint && reusable === null;
    if (isEqual && (await isStillOpen(app, row))) reusable = row;
    else await closeCheckout(app, row);
  }
  return reusable;
}

async function listUnfinishedOf(app: App, { customerId, offer }: OpenCheckoutInput): Promise<CheckoutRow[]> {
  const { product } = offer;
  const group = product.kind === "plan" ? product.group : null;
  return app.database.query((orm) => listUnfinished(orm, { customerId, group, productId: product.id }));
}

/** So that nobody pays on it any more. */
export async function closeCheckout(
  app: App,
  { customerId, checkoutId, sessionId }: CheckoutRow,
): Promise<void> {
  if (sessionId !== null) {
    const { client } = await app.gateway();
    await expireSession(client, sessionId);
  }
  await app.database.query((orm) => markExpired(orm, { customerId, checkoutId }));
}

async function isStillOpen(app: App, { sessionId }: CheckoutRow): Promise<boolean> {
  if (sessionId === null) return true;
  const { client } = await app.gateway();
  const session = await getSession(client, sessionId);
  return session?.status === "open";
}

function toRow(input: OpenCheckoutInput, fingerprint: string) {
  const { product, price } = input.offer;
  return {
    customerId: input.customerId,
    checkoutId: input.checkoutId,
    productId: product.id,
    version: product.version,
    group: product.kind === "plan" ? product.group : null,
    quantity: input.items[0]?.quantity ?? 1,
    intervalCount: price.interval?.[0] ?? null,
    intervalUnit: price.interval?.[1] ?? null,
    successUrl: input.urls.successUrl,
    cancelUrl: input.urls.cancelUrl,
    fingerprint,
  };
}

function fingerprintOf({
  stripeCustomerId,
  items,
  trial,
  coupon,
  replaces,
  urls,
}: OpenCheckoutInput): string {
  const parts = [stripeCustomerId, items, trial, coupon, replaces, urls];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
