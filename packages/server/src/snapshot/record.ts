import type { GivenDefaults } from "../catalog/index.js";
import type { Repeat, SubscriptionStatus } from "../contract/index.js";
import type { GrantRow } from "../ledger/index.js";

/** Everything the database knows of a customer that a snapshot is built from, as of `now`. */
export interface CustomerRecord {
  customerId: string;
  email: string | null;
  name: string | null;
  metadata: Record<string, string>;
  /** The database's time, or the test clock's for a customer who is on one. */
  now: Date;
  isClockFrozen: boolean;
  /** From when on something must have happened at Stripe that nobody has told of. */
  syncDueAt: Date | null;
  subscriptions: SubscriptionRecord[];
  purchases: PurchaseRecord[];
  grants: GrantRow[];
  /** The default plans that they were given; today's stand in for a group that is not among them. */
  defaultPlans: GivenDefaults;
  /** The groups whose trial was had, each as `groupKey` names it. */
  trialGroups: string[];
}

export interface SubscriptionRecord {
  planId: string;
  group: string | null;
  status: SubscriptionStatus;
  interval: Repeat | null;
  amount: number;
  quantity: number;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  trialEnd: Date | null;
  cancelAt: Date | null;
  cancelAtPeriodEnd: boolean;
  /** Until when the plan is given, for a status that gives anything. */
  entitledUntil: Date | null;
  scheduledPlanId: string | null;
  scheduledAt: Date | null;
}

export interface PurchaseRecord {
  productId: string;
  quantity: number;
}
