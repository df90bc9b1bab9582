import { isPayKitError } from "../contract/index.js";
import type { Database } from "../database/index.js";
import { claimMostOverdue, claimOverdue } from "../database/sync-due.js";
import type { App } from "./app.js";
import { endsRound } from "./ends-round.js";
import { finishLeaving } from "./leaving.js";
import { tellNow } from "./tell-soon.js";

const batchSize = 20;
/** The apps of this process that are reading others again; one batch at a time is enough. */
const reading = new WeakSet<Database>();

/**
 * Reads a customer again of whom news is overdue, in the background: nobody waits for it. One such customer is a sign that
 * events get lost, so others of whom news is overdue are read along. Many processes and requests may ask for the same one.
 */
export function syncSoon(app: App, customerId: string): void {
  const work = syncOverdue(app, customerId).catch((error) => {
    app.log.error(`paykit: customer ${customerId} could not be read again at Stripe yet`, error);
  });
  app.keepAlive(work);
}

async function syncOverdue(app: App, customerId: string): Promise<void> {
  const { database, usesTestClocks } = app;
  if (!(await database.query((orm) => claimOverdue(orm, { customerId, usesTestClocks })))) return;
  await syncAndTell(app, customerId);
  if (reading.has(database)) return;
  reading.add(database);
  try {
    const others = await database.query((orm) => claimMostOverdue(orm, { limit: batchSize, usesTestClocks }));
    for (const other of others) await syncAndTell(app, other).catch((error) => pass(app, other, error));
  } finally {
    reading.delete(database);
  }
}

/** Somebody whom Stripe will not tell about is no reason to leave the others. */
function pass({ log }: App, customerId: string, error: unknown): void {
  if (!isPayKitError(error) || endsRound(error.code)) throw error;
  log.error(`paykit: customer ${customerId} could not be read again at Stripe yet`, error);
}

async function syncAndTell(app: App, customerId: string): Promise<void> {
  await finishLeaving(app, customerId, await app.sync(customerId));
  await tellNow(app, customerId);
}
