import { type ErrorCode, isPayKitError } from "../contract/index.js";
import { forgetOldCheckouts } from "../database/checkout.js";
import { forgetOldEvents } from "../database/event.js";
import { forgetOldNotices } from "../database/notice.js";
import { pageLinkedCustomers } from "../database/page-customers.js";
import { findCustomerByStripeId } from "../database/sync-state.js";
import { listChangedCustomers } from "../stripe/events.js";
import type { App } from "./app.js";
import { endsRound } from "./ends-round.js";
import { finishLeaving } from "./leaving.js";
import { tellSoon } from "./tell-soon.js";

export interface ReconcileInput {
  /** Only customers to whom Stripe says something happened since; at most 30 days ago. Left out: everybody. */
  since?: Date | undefined;
  /** Goes on after this customer, where an earlier run stopped. */
  cursor?: string | undefined;
}

export interface ReconcileResult {
  /** How many customers were read again. */
  synced: number;
  /** Those that Stripe would not tell about; the rest was done. */
  failed: { customerId: string; code: ErrorCode }[];
  /** Where to go on; null when everybody was done. */
  cursor: string | null;
}

const pageSize = 100;

/**
 * Reads customers again at Stripe, one after the other, for when webhooks were lost. Right at any time and as often as
 * wanted. It stops, and says where, when Stripe cannot be reached.
 */
export async function reconcile(app: App, { since, cursor }: ReconcileInput = {}): Promise<ReconcileResult> {
  const result: ReconcileResult = { synced: 0, failed: [], cursor: cursor ?? null };
  for await (const customerId of since === undefined
    ? everybody(app, result.cursor)
    : changed(app, since, cursor)) {
    const code = await syncPatiently(app, customerId);
    if (code !== null && endsRound(code)) return result;
    if (code === null) result.synced += 1;
    else result.failed.push({ customerId, code });
    result.cursor = customerId;
  }
  await forgetOld(app);
  return { ...result, cursor: null };
}

/** What nobody will ask for any more; this is the one thing in PayKit that runs over everybody. */
async function forgetOld({ database }: App): Promise<void> {
  for (const forget of [forgetOldEvents, forgetOldNotices, forgetOldCheckouts]) await database.query(forget);
}

async function* everybody({ database }: App, start: string | null): AsyncGenerator<string> {
  let after = start;
  for (;;) {
    const page = await database.query((orm) => pageLinkedCustomers(orm, { after, limit: pageSize }));
    yield* page;
    after = page.at(-1) ?? null;
    if (page.length < pageSize) return;
  }
}

async function* changed({ database, gateway }: App, since: Date, cursor?: string): AsyncGenerator<string> {
  const { client } = await gateway();
  const ids: string[] = [];
  for (const stripeCustomerId of await listChangedCustomers(client, since)) {
    const customerId = await database.query((orm) => findCustomerByStripeId(orm, stripeCustomerId));
    if (customerId !== null) ids.push(customerId);
  }
  yield* ids.sort().filter((id) => cursor === undefined || id > cursor);
}

const attempts = 4;
const pauseMs = 1_000;

/** Null when it was synced. Too many requests are waited out: one second, then two, then four. */
async function syncPatiently(app: App, customerId: string): Promise<ErrorCode | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await finishLeaving(app, customerId, await app.sync(customerId));
      tellSoon(app, customerId);
      return null;
    } catch (error) {
      if (!isPayKitError(error)) throw error;
      if (error.code !== "STRIPE_RATE_LIMITED" || attempt === attempts) return error.code;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (attempt - 1)));
    }
  }
}
