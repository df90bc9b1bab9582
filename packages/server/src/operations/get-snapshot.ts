import type { Snapshot } from "../contract/index.js";
import { loadCustomer } from "../database/load-customer.js";
import { buildSnapshot, type CustomerRecord } from "../snapshot/index.js";
import type { App } from "./app.js";
import type { Context } from "./context.js";
import { compileDefaults } from "./give-defaults.js";
import { syncSoon } from "./sync-soon.js";

export interface GetSnapshotInput {
  /** An id that `identify` vouches for. */
  customerId: string;
}

/**
 * All that a client may know of a customer, in one query. Somebody whom `identify` vouches for and nobody has upserted yet is
 * shown the default plans, and nothing is written.
 */
export async function getSnapshot(context: Context, input: GetSnapshotInput): Promise<Snapshot> {
  const record = await loadRecord(context, input);
  return buildSnapshot({ record, catalog: context.catalog });
}

/**
 * The same for whoever has just come to look. When news of them is overdue, Stripe is asked afterwards: this answer says
 * what is known, and the next one what has happened.
 */
export async function showCustomer(app: App, input: GetSnapshotInput): Promise<Snapshot> {
  const record = await loadRecord(app, input);
  const { customerId, syncDueAt, now } = record;
  if (syncDueAt !== null && syncDueAt <= now) syncSoon(app, customerId);
  return buildSnapshot({ record, catalog: app.catalog });
}

async function loadRecord(context: Context, { customerId }: GetSnapshotInput): Promise<CustomerRecord> {
  const { database, usesTestClocks } = context;
  const record = await loadCustomer(database, { customerId, usesTestClocks });
  return record ?? newcomer(context, customerId);
}

/** Nobody's row says when it is, so the process's clock does, once, until the customer is written. */
function newcomer({ catalog }: Context, customerId: string): CustomerRecord {
  const now = new Date();
  return {
    ...{ customerId, email: null, name: null, metadata: {}, now, isClockFrozen: false, syncDueAt: null },
    ...{ subscriptions: [], purchases: [], trialGroups: [], defaultPlans: {} },
    grants: compileDefaults(catalog.defaultPlans.values(), now),
  };
}
