import type { Catalog } from "../catalog/index.js";
import type { SnapshotSubscription } from "../contract/index.js";
import { hasEnded, isGiving } from "../subscription/status.js";
import type { CustomerRecord, SubscriptionRecord } from "./record.js";

export interface BuildSubscriptionsInput {
  record: CustomerRecord;
  catalog: Catalog;
}

/**
 * The plans a customer is on at `now`: what has ended by then is gone and what was scheduled has happened, whether or not
 * Stripe's event has arrived. The default plan stands in for a group of which no plan is given.
 */
export function buildSubscriptions({ record, catalog }: BuildSubscriptionsInput): SnapshotSubscription[] {
  const { now } = record;
  const defaults = defaultsOf(record, catalog);
  const alive = record.subscriptions
    .map((row) => afterSchedule(row, now))
    .filter((row) => !hasEnded(row.status) && !isPast(row.cancelAt, now))
    .sort((a, b) => b.amount - a.amount)
    .map((row) => toSubscription({ row, now, defaults }));
  const covered = new Set(alive.filter(({ isEntitled }) => isEntitled).map(({ group }) => group));
  const standIns = [...defaults].filter(([group]) => !covered.has(group));
  return [...alive, ...standIns.map(([group, planId]) => toDefault(planId, group))];
}

/** The id of each group's default plan: the one that this customer was given, today's for a group that is new. */
function defaultsOf({ defaultPlans }: CustomerRecord, catalog: Catalog): Map<string, string> {
  const today = [...catalog.defaultPlans].map(([group, { id }]) => [group, id] as const);
  const given = Object.entries(defaultPlans).map(([group, { planId }]) => [group, planId] as const);
  return new Map([...today, ...given]);
}

function isPast(instant: Date | null, now: Date): boolean {
  return instant !== null && instant <= now;
}

function afterSchedule(row: SubscriptionRecord, now: Date): SubscriptionRecord {
  if (row.scheduledPlanId === null || !isPast(row.scheduledAt, now)) return row;
  return { ...row, planId: row.scheduledPlanId, scheduledPlanId: null, scheduledAt: null };
}

interface ToSubscriptionInput {
  row: SubscriptionRecord;
  now: Date;
  defaults: ReadonlyMap<string, string>;
}

function toSubscription({ row, now, defaults }: ToSubscriptionInput): SnapshotSubscription {
  const endsAt = earlier(row.cancelAt, row.scheduledAt);
  const follower = row.group === null ? undefined : defaults.get(row.group);
  return {
    planId: row.planId,
    group: row.group,
    status: statusAt(row, now),
    isDefault: false,
    isEntitled: isGiving(row.status) && !isPast(row.entitledUntil, now),
    willRenew: isGiving(row.status) && endsAt === null,
    interval: row.interval,
    quantity: row.quantity,
    cancelAtPeriodEnd: row.cancelAtPeriodEnd,
    currentPeriodStart: row.currentPeriodStart,
    currentPeriodEnd: row.currentPeriodEnd,
    trialEnd: row.trialEnd,
    endsAt,
    scheduledPlanId: row.scheduledPlanId ?? (endsAt === null ? null : (follower ?? null)),
    scheduledAt: endsAt,
  };
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** A trial that is over goes on as what follows it, whether or not anybody has heard that it did. */
function statusAt({ status, trialEnd }: SubscriptionRecord, now: Date): SnapshotSubscription["status"] {
  return status === "trialing" && isPast(trialEnd, now) ? "active" : status;
}

function toDefault(planId: string, group: string): SnapshotSubscription {
  return {
    planId,
    group,
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
  };
}
