import { type Catalog, type Feature, toPublicProducts } from "../catalog/index.js";
import {
  type Entitlement,
  type EvaluateInput,
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

/** What a customer has now, as both the server and its clients are told. */
export interface Holdings extends Pick<Snapshot, "subscriptions" | "products"> {
  entitlements: Record<string, Entitlement>;
}

export function buildHoldings(input: BuildSnapshotInput): Holdings {
  const { record, catalog } = input;
  return {
    subscriptions: buildSubscriptions(input),
    entitlements: byFeature(catalog, (feature) => evaluateEntitlement(stackOf(feature, record))),
    products: buildProducts(record.purchases),
  };
}

/** All that a client may know of a customer: what they have, what it becomes, and what choosing a plan would do. */
export function buildSnapshot(input: BuildSnapshotInput): Snapshot {
  const { record, catalog } = input;
  const subscriptions = buildSubscriptions(input);
  return {
    customerId: record.customerId,
    now: record.now,
    isClockFrozen: record.isClockFrozen,
    subscriptions,
    entitlements: byFeature(catalog, (feature) => buildTimeline(feature, record)),
    products: buildProducts(record.purchases),
    changes: listPlanChanges({
      subscriptions,
      products: toPublicProducts(catalog),
      pricesOf: (planId) => catalog.products.get(planId)?.prices ?? [],
      trialsUsed: listTrialsUsed(catalog, record),
    }),
  };
}

function buildTimeline(feature: Feature, record: CustomerRecord): SnapshotEntitlement {
  const stack = stackOf(feature, record);
  return { ...evaluateEntitlement(stack), name: feature.name, upcoming: foreseeEntitlement(stack) };
}

function byFeature<T>({ features }: Catalog, of: (feature: Feature) => T): Record<string, T> {
  return Object.fromEntries([...features.values()].map((feature) => [feature.id, of(feature)]));
}

function stackOf({ id, type }: Feature, { grants, now }: CustomerRecord): EvaluateInput {
  return { featureId: id, type, grants: grants.filter(({ featureId }) => featureId === id), now };
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
