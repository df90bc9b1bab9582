import type { Repeat } from "./calendar.js";
import type { Instant } from "./grant.js";
import type { PlanChange } from "./plan-changes.js";
import type { SnapshotEntitlement } from "./timeline.js";

/** Stripe's statuses in Stripe's spelling; the default plan is always `active`. */
export type SubscriptionStatus =
  | "active"
  | "canceled"
  | "incomplete"
  | "incomplete_expired"
  | "past_due"
  | "paused"
  | "trialing"
  | "unpaid";

/** One plan that a customer is on. */
export interface SnapshotSubscription<I extends Instant = Date> {
  planId: string;
  /** The group that the plan belongs to; null for an add-on. */
  group: string | null;
  status: SubscriptionStatus;
  /** True for the group's default plan, which nobody pays for and Stripe does not know. */
  isDefault: boolean;
  /** Whether the plan's features are granted now. Not the same question as `willRenew`. */
  isEntitled: boolean;
  /** Whether another period follows the current one, as things stand. */
  willRenew: boolean;
  /** How often it is paid; null for the default plan. */
  interval: Repeat | null;
  quantity: number;
  cancelAtPeriodEnd: boolean;
  currentPeriodStart: I | null;
  currentPeriodEnd: I | null;
  trialEnd: I | null;
  /** When the plan ends for good, as things stand; null while it goes on. */
  endsAt: I | null;
  /** The plan that a scheduled downgrade or cancellation leads to, and when. */
  scheduledPlanId: string | null;
  scheduledAt: I | null;
}

/** A one-time product that a customer owns. */
export interface SnapshotProduct {
  productId: string;
  quantity: number;
}

/**
 * All that a client may know of a customer, in one object: ids, statuses, dates and balances. No metadata, no Stripe id.
 * `entitlements` has every feature of the catalog, also those that are denied.
 */
export interface Snapshot<I extends Instant = Date> {
  customerId: string;
  /** The instant it is true for: the server's time, or the test clock's for a customer who is on one. */
  now: I;
  /** True when `now` stands still until the test clock is advanced. */
  isClockFrozen: boolean;
  subscriptions: SnapshotSubscription<I>[];
  entitlements: Record<string, SnapshotEntitlement<I>>;
  products: SnapshotProduct[];
  /** What choosing each plan for sale would do: one for each of its prices. */
  changes: PlanChange<I>[];
}

/** The snapshot as JSON carries it, and as the client caches it. */
export type WireSnapshot = Snapshot<string>;
