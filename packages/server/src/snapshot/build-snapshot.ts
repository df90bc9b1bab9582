import { type Catalog, type Feature, toPublicProducts } from "../catalog/index.js";
import {
  evaluateEntitlement,
  foreseeEntitlement,
  listPlanChanges,
  type Snapshot,
  type SnapshotEntitlement,
  type SnapshotProduct,
  type WireSnapshot,
} from "../contract/index.js";
import { groupKey } from "../subscription/plan-lines.js";
import type { CustomerRecord, PurchaseRecord } from "./record.js";
import { buildSubscriptions } from "./subscriptions.js";

export interface BuildSnapshotInput {
  record: CustomerRecord;
  catalog: Catalog;
}

/** All that a client may know of a customer. */
export function buildSnapshot(input: BuildSnapshotInput): Snapshot {
  const { record, catalog } = input;
  const subscriptions = buildSubscriptions(input);
  const entitlements = [...catalog.features.values()].map((feature) => buildEntitlement(feature, record));
  return {
    customerId: record.customerId,
    now: record.now,
    isClockFrozen: record.isClockFrozen,
    subscriptions,
    entitlements: Object.fromEntries(entitlements.map((entitlement) => [entitlement.featureId, entitlement])),
    products: buildProducts(record.purchases),
    changes: listPlanChanges({
      subscriptions,
      products: toPublicProducts(catalog),
      pricesOf: (planId) => catalog.products.get(planId)?.prices ?? [],
      trialsUsed: listTrialsUsed(catalog, record),
    }),
  };
}

function buildEntitlement({ id, type, name }: Feature, { grants, now }: CustomerRecord): SnapshotEntitlement {
  const input = { featureId: id, type, grants: grants.filter(({ featureId }) => featureId === id), now };
  return { ...evaluateEntitlement(input), name, upcoming: foreseeEntitlement(input) };
}

function buildProducts(purchases: readonly PurchaseRecord[]): SnapshotProduct[] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of purchases) {
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

/** The plans that start without their trial, because the customer has had it: one per group, ever. */
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
