import type { GivenDefaults } from "../catalog/model.js";
import { completeCheckouts, listOpenCheckouts } from "../database/checkout.js";
import { setDefaultPlans } from "../database/customer.js";
import type { Orm } from "../database/index.js";
import { addNotices } from "../database/notice.js";
import { keepVersions } from "../database/product-version.js";
import { projectGrants } from "../database/project-grants.js";
import { listPurchaseRows, type PurchaseRow, upsertPurchaseRows } from "../database/purchase.js";
import { listSubscriptionRows, replaceSubscriptionRows } from "../database/subscription.js";
import {
  beginSync,
  type ClaimedCustomer,
  claimSync,
  type SyncStart,
  unlinkStripeCustomer,
} from "../database/sync-state.js";
import { recordTrials } from "../database/trial.js";
import { compileGrants } from "../ledger/index.js";
import type { BilledState } from "../subscription/billed.js";
import { beginBy } from "../subscription/holdings.js";
import { newsDueAt } from "../subscription/news-due.js";
import { coalesce } from "./coalesce.js";
import type { SyncContext } from "./context.js";
import { describeChanges } from "./describe-changes.js";
import { findDefaults, missingDefaults, toGiven } from "./find-defaults.js";
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
  const projection = await context.database.transaction(async (tx) => {
    const { read, now } = start;
    await completeCheckouts(tx, { customerId, ...paidCheckouts(state) });
    const pages = await listOpenCheckouts(tx, customerId);
    const pagesExpireAt = pages.map(({ expiresAt }) => expiresAt);
    const syncDueAt = newsDueAt({ subscriptions: state.subscriptions, pagesExpireAt, now });
    const claimed = await claimSync(tx, customerId, { read, syncDueAt });
    // A read that began later has been written meanwhile: what this one saw is old.
    return claimed === null ? null : write(tx, { context, customerId, start, state, claimed });
  });
  for (const warning of projection?.warnings ?? []) {
    context.log.warn(`paykit: customer ${customerId}: ${warning}`);
  }
  return state;
}

function paidCheckouts({ subscriptions, payments }: BilledState) {
  return {
    checkoutIds: subscriptions.flatMap(({ checkoutId }) => checkoutId ?? []),
    sessionIds: payments.map(({ id }) => id),
  };
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
  claimed: ClaimedCustomer;
}

async function write(tx: Orm, input: WriteInput): Promise<Projection> {
  const { context, customerId, start, state } = input;
  const { catalog, dunningDays } = context;
  const findProduct = await findProducts(tx, catalog, state);
  const defaults = await findDefaults(tx, catalog, await noteDefaults(tx, input));
  const customer = { customerId, createdAt: start.createdAt };
  const projection = project({ customer, state, defaults, findProduct, dunningDays });
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

/** A group that the catalog has got since the customer came is given from now on, as it is today. */
async function noteDefaults(tx: Orm, { context, customerId, claimed }: WriteInput): Promise<GivenDefaults> {
  const missing = missingDefaults(context.catalog, claimed.defaultPlans);
  if (missing.length === 0) return claimed.defaultPlans;
  const given = toGiven(missing);
  await keepVersions(tx, missing);
  await setDefaultPlans(tx, { customerId, given });
  return { ...claimed.defaultPlans, ...given };
}

/** What was known of the purchases that Stripe tells of; those that the app gave by hand are none of its business. */
async function listPaid(tx: Orm, customerId: string, told: readonly PurchaseRow[]): Promise<PurchaseRow[]> {
  const ids = new Set(told.map(({ purchaseId }) => purchaseId));
  const known = await listPurchaseRows(tx, customerId);
  return known.filter(({ purchaseId }) => ids.has(purchaseId));
}
