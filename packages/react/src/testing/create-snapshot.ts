import {
  type Entitlement,
  evaluateEntitlement,
  type FeatureType,
  type Grant,
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

/** The snapshot of a customer in plain data, as the handler would send it. */
export function createTestSnapshot({
  id = "test_customer",
  features = {},
  subscriptions = [],
  products = [],
  trialsUsed = [],
  now = newYear,
}: TestCustomer = {}): WireSnapshot {
  const entitlements = Object.entries<TestFeature>(features as Record<string, TestFeature>).map(
    ([featureId, feature]) => {
      const type: FeatureType = typeof feature === "boolean" ? "boolean" : "metered";
      const grants = feature === false ? [] : [createGrant(feature, now)];
      const entitlement: Entitlement = evaluateEntitlement({ featureId, type, grants, now });
      return [featureId, { ...entitlement, name: featureId, grants }];
    },
  );
  const snapshot = {
    customerId: id,
    now,
    isClockFrozen: true, // data in a test does not age
    subscriptions: subscriptions.map((fields) => createSubscription(fields, now)),
    products,
    trialsUsed,
    entitlements: Object.fromEntries(entitlements),
  };
  return JSON.parse(JSON.stringify(snapshot));
}

function createGrant(feature: Exclude<TestFeature, false>, now: Date): Grant {
  const [quantity, remaining] = quantitiesOf(feature);
  return {
    quantity,
    remaining,
    unlimited: feature === "unlimited",
    accrued: null,
    settledAt: now,
    startsAt: now,
    expiresAt: null,
    repeat: null,
    anchorAt: null,
    renewsUntil: null,
  };
}

function quantitiesOf(feature: Exclude<TestFeature, false>): [quantity: number, remaining: number] {
  if (typeof feature === "number") return [Math.max(feature, 0), feature];
  if (typeof feature === "object") return [feature.limit, feature.limit - feature.usage];
  return [0, 0];
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
