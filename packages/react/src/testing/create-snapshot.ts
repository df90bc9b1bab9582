import {
  listPlanChanges,
  type PublicProduct,
  type SnapshotEntitlement,
  type SnapshotProduct,
  type SnapshotSubscription,
  type WireSnapshot,
} from "@paykit/server/contract";
import type { FeatureId } from "../register.js";

/** What a customer has of a feature: yes or no, how many are left, how many of a limit are used, or as many as wanted. */
export type TestFeature = boolean | number | "unlimited" | { limit: number; usage: number };

/** A customer in plain data. Everything may be left out. */
export interface TestCustomer {
  /** Default "test_customer". */
  id?: string;
  features?: Partial<Record<FeatureId, TestFeature>>;
  /** Default: none. What is left out of one is that of an active plan that renews monthly. */
  subscriptions?: Partial<SnapshotSubscription>[];
  products?: SnapshotProduct[];
  /** The plans whose trial they have had. */
  trialsUsed?: string[];
  /** The instant it is true for. Default: 1 January 2026, so that pictures of components stay the same. */
  now?: Date;
}

const newYear = new Date("2026-01-01T00:00:00.000Z");

/** The snapshot of a customer in plain data, as the handler would send it when `forSale` is what anybody may buy. */
export function createTestSnapshot(
  {
    id = "test_customer",
    features = {},
    products = [],
    trialsUsed = [],
    now = newYear,
    ...more
  }: TestCustomer = {},
  forSale: readonly PublicProduct[] = [],
): WireSnapshot {
  const entitlements = Object.entries<TestFeature>(features as Record<string, TestFeature>);
  const subscriptions = (more.subscriptions ?? []).map((fields) => createSubscription(fields, now));
  const pricesOf = (planId: string) => forSale.find((plan) => plan.id === planId)?.prices ?? [];
  const snapshot = {
    customerId: id,
    now,
    isClockFrozen: true, // data in a test does not age
    subscriptions,
    products,
    changes: listPlanChanges({ subscriptions, products: forSale, pricesOf, trialsUsed }),
    entitlements: Object.fromEntries(
      entitlements.map(([featureId, feature]) => [featureId, createEntitlement(featureId, feature)]),
    ),
  };
  return JSON.parse(JSON.stringify(snapshot));
}

function createEntitlement(featureId: string, feature: TestFeature): SnapshotEntitlement {
  const common = { featureId, name: featureId, unlimited: false, nextResetAt: null, upcoming: [] };
  if (typeof feature === "boolean") {
    return { ...common, type: "boolean", allowed: feature, balance: null, limit: null, usage: null };
  }
  if (feature === "unlimited") {
    return {
      ...common,
      type: "metered",
      allowed: true,
      balance: null,
      limit: null,
      usage: 0,
      unlimited: true,
    };
  }
  const [limit, balance] =
    typeof feature === "number"
      ? [Math.max(feature, 0), feature]
      : [feature.limit, feature.limit - feature.usage];
  return { ...common, type: "metered", allowed: balance > 0, balance, limit, usage: limit - balance };
}

function createSubscription(fields: Partial<SnapshotSubscription>, now: Date): SnapshotSubscription {
  const currentPeriodEnd = new Date(now);
  currentPeriodEnd.setUTCMonth(now.getUTCMonth() + 1);
  return {
    planId: "test_plan",
    group: "base",
    status: "active",
    isDefault: false,
    isEntitled: true,
    willRenew: true,
    interval: [1, "month"],
    quantity: 1,
    cancelAtPeriodEnd: false,
    currentPeriodStart: now,
    currentPeriodEnd,
    trialEnd: null,
    endsAt: null,
    scheduledPlanId: null,
    scheduledAt: null,
    ...fields,
  };
}
