import type { Catalog, Plan } from "../catalog/index.js";
import type { SnapshotSubscription } from "../contract/index.js";
import { hasEnded, isGiving } from "../subscription/status.js";
import type { CustomerRecord, SubscriptionRecord } from "./record.js";

export interface BuildSubscriptionsInput {
  record: CustomerRecord;
  catalog: Catalog;
  dunningDays: number;
}

/**
 * The plans a customer is on at `now`: what has ended by then is gone and what was scheduled has happened, whether or not
 * Stripe's event has arrived. The default plan stands in for a group of which no plan is given.
 */
export function buildSubscriptions({
  record,
  catalog,
  dunningDays,
}: BuildSubscriptionsInput): SnapshotSubscription[] {
  const { now } = record;
  const alive = record.subscriptions
    .map((row) => afterSchedule(row, now))
    .filter((row) => !hasEnded(row.status) && !isPast(row.cancelAt, now))
    .sort((a, b) => b.amount - a.amount)
    .map((row) => toSubscription({ row, now, catalog, dunningDays }));
  const covered = new Set(alive.filter(({ isEntitled }) => isEntitled).map(({ group }) => group));
  const defaults = [...catalog.defaultPlans.values()].filter(({ group }) => !covered.has(group));
  return [...alive, ...defaults.map(toDefault)];
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
  catalog: Catalog;
  dunningDays: number;
}

function toSubscription({ row, now, catalog, dunningDays }: ToSubscriptionInput): SnapshotSubscription {
  const endsAt = earlier(row.cancelAt, row.scheduledAt);
  const follower = row.group === null ? undefined : catalog.defaultPlans.get(row.group);
  return {
    planId: row.planId,
    group: row.group,
    status: row.status,
    isDefault: false,
    isEntitled: isGiving(row.status) && !isPast(dunningEnd(row, dunningDays), now),
    willRenew: isGiving(row.status) && endsAt === null,
    interval: row.interval,
    quantity: row.quantity,
    cancelAtPeriodEnd: row.cancelAtPeriodEnd,
    currentPeriodStart: row.currentPeriodStart,
    currentPeriodEnd: row.currentPeriodEnd,
    trialEnd: row.trialEnd,
    endsAt,
    scheduledPlanId: row.scheduledPlanId ?? (endsAt === null ? null : (follower?.id ?? null)),
    scheduledAt: endsAt,
  };
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** The last day on which an unpaid plan is given. */
function dunningEnd(row: SubscriptionRecord, dunningDays: number): Date | null {
  const since = row.pastDueSince ?? row.currentPeriodStart;
  if (row.status !== "past_due" || since === null) return null;
  return new Date(since.getTime() + dunningDays * 86_400_000);
}

function toDefault({ id, group }: Plan): SnapshotSubscription {
  return {
    planId: id,
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
