import {
  evaluateEntitlement,
  type FeatureType,
  foreseeEntitlement,
  type Grant,
  listPlanChanges,
  type PayKitState,
  type SnapshotSubscription,
  type WireSnapshot,
} from "@paykit/server/contract";
import { products } from "./products.js";

export const march1 = "2026-03-01T00:00:00.000Z";

/** A grant that began a year before and never ends, unless told otherwise. */
export function grant(fields: Partial<Grant<string>> = {}): Grant<string> {
  const quantity = fields.quantity ?? 0;
  return {
    quantity,
    remaining: quantity,
    settledAt: "2025-03-01T00:00:00.000Z",
    startsAt: "2025-03-01T00:00:00.000Z",
    expiresAt: null,
    repeat: null,
    anchorAt: null,
    accrued: null,
    renewsUntil: null,
    unlimited: false,
    ...fields,
  };
}

/** The plan "free", which nobody pays for. */
export function subscription(
  fields: Partial<SnapshotSubscription<string>> = {},
): SnapshotSubscription<string> {
  return {
    planId: "free",
    group: "base",
    status: "active",
    isDefault: true,
    isEntitled: true,
    willRenew: true,
    interval: null,
    quantity: 1,
    cancelAtPeriodEnd: false,
    currentPeriodStart: null,
    currentPeriodEnd: null,
    trialEnd: null,
    endsAt: null,
    scheduledPlanId: null,
    scheduledAt: null,
    ...fields,
  };
}

const features: Record<string, { name: string; type: FeatureType }> = {
  messages: { name: "Messages", type: "metered" },
  credits: { name: "Credits", type: "metered" },
  pro_models: { name: "Pro models", type: "boolean" },
};

export interface SnapshotFields {
  customerId?: string;
  now?: string;
  isClockFrozen?: boolean;
  grants?: Record<string, Grant<string>[]>;
  subscriptions?: SnapshotSubscription<string>[];
  trialsUsed?: string[];
}

/** A customer with the features messages, credits and pro_models; by default 100 messages and nothing else. */
export function snapshot(fields: SnapshotFields = {}): WireSnapshot {
  const { customerId = "user_a", now = march1, isClockFrozen = false } = fields;
  const grants = fields.grants ?? { messages: [grant({ quantity: 100 })] };
  const entitlements = Object.entries(features).map(([featureId, { name, type }]) => {
    const input = { featureId, type, grants: grants[featureId] ?? [], now: new Date(now) };
    return [featureId, { ...evaluateEntitlement(input), name, upcoming: foreseeEntitlement(input) }];
  });
  const { subscriptions = [subscription()], trialsUsed = [] } = fields;
  const pricesOf = (planId: string) => products.find(({ id }) => id === planId)?.prices ?? [];
  return {
    customerId,
    now,
    isClockFrozen,
    subscriptions,
    changes: listPlanChanges({ subscriptions, products, pricesOf, trialsUsed }),
    entitlements: JSON.parse(JSON.stringify(Object.fromEntries(entitlements))),
    products: [],
  };
}

/** What a server-rendered page hands over: of `customer`, or of nobody. */
export function stateOf(customer: WireSnapshot | null): PayKitState {
  return { basePath: "/api/paykit", status: customer ? "ready" : "anonymous", customer };
}
