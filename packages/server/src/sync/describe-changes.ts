import type { PurchaseRow } from "../database/purchase.js";
import type { SubscriptionRow } from "../database/subscription.js";
import { hasEnded, isGiving } from "../subscription/status.js";

export type ChangeNoticeType =
  | "customer.updated"
  | "subscription.activated"
  | "subscription.changed"
  | "subscription.canceled"
  | "purchase.completed"
  | "purchase.refunded";

export interface ChangeNotice {
  type: ChangeNoticeType;
  /** What it is about: a plan's group, a purchase, or the customer. */
  about: string;
  facts: Record<string, unknown>;
}

export interface KnownState {
  subscriptions: readonly SubscriptionRow[];
  purchases: readonly PurchaseRow[];
}

/** What became different between two readings, in the order in which the app is told. */
export function describeChanges(before: KnownState, after: KnownState): ChangeNotice[] {
  const changes = [
    ...describeSubscriptions(before.subscriptions, after.subscriptions),
    ...describePurchases(before.purchases, after.purchases),
  ];
  const isSame = changes.length === 0 && fingerprint(before) === fingerprint(after);
  return isSame ? [] : [...changes, { type: "customer.updated", about: "customer", facts: {} }];
}

function fingerprint({ subscriptions, purchases }: KnownState): string {
  const rows = [...subscriptions, ...purchases].map((row) => JSON.stringify(row, Object.keys(row).sort()));
  return rows.sort().join();
}

function describeSubscriptions(
  before: readonly SubscriptionRow[],
  after: readonly SubscriptionRow[],
): ChangeNotice[] {
  const groups = new Set([...before, ...after].map(groupOf));
  return [...groups].flatMap((group) => {
    const old = leading(before, group);
    const now = leading(after, group);
    if (now === null) return old === null ? [] : [notice("subscription.canceled", old, after)];
    if (old === null) return [notice("subscription.activated", now, after)];
    return terms(old) === terms(now) ? [] : [notice("subscription.changed", now, after, old)];
  });
}

function groupOf({ group, planId }: SubscriptionRow): string {
  return group ?? `add-on:${planId}`;
}

/** The plan of a group that counts: the dearest that gives anything. */
function leading(rows: readonly SubscriptionRow[], group: string): SubscriptionRow | null {
  const giving = rows.filter((row) => groupOf(row) === group && isGiving(row.status));
  return giving.sort((a, b) => b.amount - a.amount)[0] ?? null;
}

function terms(row: SubscriptionRow): string {
  const { planId, version, status, quantity, intervalCount, intervalUnit } = row;
  const { cancelAt, scheduledPlanId, scheduledAt } = row;
  return JSON.stringify([
    planId,
    version,
    status,
    quantity,
    intervalCount,
    intervalUnit,
    cancelAt,
    scheduledPlanId,
    scheduledAt,
  ]);
}

function notice(
  type: ChangeNoticeType,
  row: SubscriptionRow,
  after: readonly SubscriptionRow[],
  old?: SubscriptionRow,
): ChangeNotice {
  const ended = after.find(({ subscriptionId }) => subscriptionId === row.subscriptionId);
  const facts = {
    planId: row.planId,
    status: ended !== undefined && hasEnded(ended.status) ? ended.status : row.status,
    ...(old === undefined ? {} : { previousPlanId: old.planId }),
  };
  return { type, about: groupOf(row), facts };
}

function describePurchases(before: readonly PurchaseRow[], after: readonly PurchaseRow[]): ChangeNotice[] {
  const known = new Map(before.map((row) => [row.purchaseId, row.status]));
  const completed: ChangeNotice[] = [];
  const refunded: ChangeNotice[] = [];
  for (const { purchaseId: about, productId, quantity, status, amount } of after) {
    const old = known.get(about);
    const facts = { purchaseId: about, productId, quantity };
    // It never was the customer's: PayKit gave it back before it was written.
    const isRepeat = status === "revoked" && old !== "paid";
    const reason = isRepeat ? { reason: "duplicate", refundedAmount: amount } : {};
    if (old === undefined && !isRepeat) completed.push({ type: "purchase.completed", about, facts });
    if (status !== "paid" && (old === undefined || old === "paid")) {
      refunded.push({ type: "purchase.refunded", about, facts: { ...facts, ...reason } });
    }
  }
  return [...completed, ...refunded];
}
