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
  subscriptions: SubscriptionRecord[];
  purchases: PurchaseRecord[];
  grants: GrantRow[];
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
  pastDueSince: Date | null;
  scheduledPlanId: string | null;
  scheduledAt: Date | null;
}

export interface PurchaseRecord {
  productId: string;
  quantity: number;
}
