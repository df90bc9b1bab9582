import type { Snapshot } from "../contract/index.js";
import { loadCustomer } from "../database/load-customer.js";
import { buildSnapshot, type CustomerRecord } from "../snapshot/index.js";
import type { Context } from "./context.js";
import { compileDefaults } from "./give-defaults.js";

export interface GetSnapshotInput {
  /** An id that `identify` vouches for. */
  customerId: string;
}

/**
 * All that a client may know of a customer, in one query. Somebody whom `identify` vouches for and nobody has upserted yet is
 * shown the default plans, and nothing is written.
 */
export async function getSnapshot(context: Context, { customerId }: GetSnapshotInput): Promise<Snapshot> {
  const { database, catalog, usesTestClocks } = context;
  const record = await loadCustomer(database, { customerId, usesTestClocks });
  return buildSnapshot({ record: record ?? newcomer(context, customerId), catalog });
}

/** Nobody's row says when it is, so the process's clock does, once, until the customer is written. */
function newcomer({ catalog }: Context, customerId: string): CustomerRecord {
  const now = new Date();
  return {
    ...{ customerId, email: null, name: null, metadata: {}, now, isClockFrozen: false },
    ...{ subscriptions: [], purchases: [], trialGroups: [], defaultPlans: {} },
    grants: compileDefaults(catalog.defaultPlans.values(), now),
  };
}
