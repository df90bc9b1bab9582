import type { Orm } from "../database/index.js";
import { addNotices } from "../database/notice.js";
import { projectGrants } from "../database/project-grants.js";
import { listPurchaseRows, type PurchaseRow, upsertPurchaseRows } from "../database/purchase.js";
import { listSubscriptionRows, replaceSubscriptionRows } from "../database/subscription.js";
import { beginSync, claimSync, type SyncStart, unlinkStripeCustomer } from "../database/sync-state.js";
import { recordTrials } from "../database/trial.js";
import { compileGrants } from "../ledger/index.js";
import type { BilledState } from "../subscription/billed.js";
import { beginBy } from "../subscription/holdings.js";
import { coalesce } from "./coalesce.js";
import type { SyncContext } from "./context.js";
import { describeChanges } from "./describe-changes.js";
import { findProducts } from "./find-product.js";
import { type Projection, project } from "./project.js";
import { nothingBilled, readBilledState } from "./read-billed-state.js";
import { settleDuplicates } from "./settle-duplicates.js";
import { settleRepeats } from "./settle-repeats.js";

/** Re-reads a customer at Stripe and writes what it says; the state that was read, null for an unknown customer. */
export type SyncCustomer = (customerId: string) => Promise<BilledState | null>;

/** The only writer of subscription state. Calls for one customer at the same time share what they read. */
export function createSync(context: SyncContext): SyncCustomer {
  return coalesce((customerId) => syncCustomer(context, customerId));
}

async function syncCustomer(context: SyncContext, customerId: string): Promise<BilledState | null> {
  const start = await context.database.query((orm) => beginSync(orm, customerId, context.usesTestClocks));
  if (start === null) return null;
  const state = await readState(context, customerId, start);
  const projection = await context.database.transaction(async (tx) =>
    // A read that began later has been written meanwhile: what this one saw is old.
    (await claimSync(tx, customerId, start.read)) ? write(tx, { context, customerId, start, state }) : null,
  );
  for (const warning of projection?.warnings ?? []) {
    context.log.warn(`paykit: customer ${customerId}: ${warning}`);
  }
  return state;
}

async function readState(
  context: SyncContext,
  customerId: string,
  { stripeCustomerId }: SyncStart,
): Promise<BilledState> {
  if (stripeCustomerId === null) return nothingBilled;
  const { client } = await context.gateway();
  const state = await readBilledState(client, stripeCustomerId);
  const found = { customerId, client, state, context };
  const isSoldOnce = await settleDuplicates(found);
  const isSettled = (await settleRepeats(found)) && isSoldOnce;
  return isSettled ? state : readBilledState(client, stripeCustomerId);
}

interface WriteInput {
  context: SyncContext;
  customerId: string;
  start: SyncStart;
  state: BilledState;
}

async function write(tx: Orm, { context, customerId, start, state }: WriteInput): Promise<Projection> {
  const { catalog, dunningDays } = context;
  const findProduct = await findProducts(tx, catalog, state);
  const customer = { customerId, createdAt: start.createdAt };
  const projection = project({ customer, state, catalog, findProduct, dunningDays });
  const before = {
    subscriptions: await listSubscriptionRows(tx, customerId),
    purchases: await listPaid(tx, customerId, projection.purchases),
  };
  await replaceSubscriptionRows(tx, customerId, projection.subscriptions);
  await upsertPurchaseRows(tx, projection.purchases);
  const desired = projection.holdings.flatMap((holding) => compileGrants(beginBy(holding, start.now)));
  await projectGrants(tx, { customerId, usesTestClocks: context.usesTestClocks, desired });
  await recordTrials(
    tx,
    projection.trials.map((trial) => ({ customerId, ...trial })),
  );
  if (state.isDeleted && start.stripeCustomerId !== null) {
    await unlinkStripeCustomer(tx, { customerId, stripeCustomerId: start.stripeCustomerId });
  }
  const changes = describeChanges(before, projection).filter(({ type }) => context.listensTo(type));
  await addNotices(
    tx,
    changes.map(({ type, about, facts }) => ({
      customerId,
      noticeId: `${type}:${about}:${start.read}`,
      type,
      facts,
    })),
  );
  return projection;
}

/** What was known of the purchases that Stripe tells of; those that the app gave by hand are none of its business. */
async function listPaid(tx: Orm, customerId: string, told: readonly PurchaseRow[]): Promise<PurchaseRow[]> {
  const ids = new Set(told.map(({ purchaseId }) => purchaseId));
  const known = await listPurchaseRows(tx, customerId);
  return known.filter(({ purchaseId }) => ids.has(purchaseId));
}
