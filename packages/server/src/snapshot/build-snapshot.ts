import type { Catalog, Feature } from "../catalog/index.js";
import {
  evaluateEntitlement,
  type Grant,
  hasExpired,
  isDebt,
  type Snapshot,
  type SnapshotEntitlement,
  type SnapshotProduct,
  settle,
  type WireSnapshot,
} from "../contract/index.js";
import type { GrantRow } from "../ledger/index.js";
import { groupKey } from "../subscription/plan-lines.js";
import type { CustomerRecord, PurchaseRecord } from "./record.js";
import { buildSubscriptions } from "./subscriptions.js";

export interface BuildSnapshotInput {
  record: CustomerRecord;
  catalog: Catalog;
  /** Days that an unpaid plan goes on being given. */
  dunningDays: number;
}

/** All that a client may know of a customer. */
export function buildSnapshot(input: BuildSnapshotInput): Snapshot {
  const { record, catalog } = input;
  const entitlements = [...catalog.features.values()].map((feature) => buildEntitlement(feature, record));
  return {
    customerId: record.customerId,
    now: record.now,
    isClockFrozen: record.isClockFrozen,
    subscriptions: buildSubscriptions(input),
    entitlements: Object.fromEntries(entitlements.map((entitlement) => [entitlement.featureId, entitlement])),
    products: buildProducts(record.purchases),
    trialsUsed: listTrialsUsed(catalog, record),
  };
}

function buildEntitlement({ id, type, name }: Feature, { grants, now }: CustomerRecord): SnapshotEntitlement {
  const stack = grants.filter(({ featureId }) => featureId === id);
  return {
    ...evaluateEntitlement({ featureId: id, type, grants: stack, now }),
    name,
    grants: withoutPast(stack, now).map(toPublicGrant),
  };
}

/**
 * The rows that still matter. What has expired may have paid a debt while it lasted, so a stack that owes is settled; any
 * other is left as it was written, so that equal data stays equal.
 */
function withoutPast(stack: readonly GrantRow[], now: Date): GrantRow[] {
  return stack.some(isDebt) ? settle(stack, now) : stack.filter((row) => !hasExpired(row, now));
}

/** Quantities and dates only: where a grant comes from is nobody's business. */
function toPublicGrant(row: GrantRow): Grant {
  const { featureId: _, grantId: __, permanent: ___, ...grant } = row;
  return grant;
}

function buildProducts(purchases: readonly PurchaseRecord[]): SnapshotProduct[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of purchases) {
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

function listTrialsUsed({ products }: Catalog, { trialGroups }: CustomerRecord): string[] {
  const plans = [...products.values()].filter((product) => product.kind === "plan");
  return plans
    .filter((plan) => plan.trialDays > 0 && trialGroups.includes(groupKey(plan)))
    .map(({ id }) => id);
}

/** The snapshot as JSON carries it. */
export function toWireSnapshot(snapshot: Snapshot): WireSnapshot {
  return JSON.parse(JSON.stringify(snapshot)) as WireSnapshot;
}
