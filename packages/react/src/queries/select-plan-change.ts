import {
  type ChangeKind,
  classifyChange,
  type PriceInterval,
  type PublicProduct,
  type SnapshotSubscription,
  type WireSnapshot,
} from "@paykit/server/contract";
import { priceOf } from "./prices.js";

/** What choosing a plan would do. */
export interface WirePlanChange {
  kind: ChangeKind;
  /** When it would happen, or is set to happen: null for at once. */
  effectiveAt: string | null;
  /** True when the plan is set to follow the current one already. */
  isScheduled: boolean;
  /** Days before the first payment; 0 without a trial, and for who has had the group's. */
  trialDays: number;
}

export interface PlanChoice {
  planId: string;
  interval?: PriceInterval | undefined;
}

/** Statuses in which a plan can be changed; in every other one a new subscription is started. */
const changeable: readonly string[] = ["active", "trialing", "past_due"];

/** The contract's rule, for a choice among the products for sale; null when the plan is not among them. */
export function selectPlanChange(
  snapshot: WireSnapshot | null,
  products: readonly PublicProduct[],
  { planId, interval }: PlanChoice,
): WirePlanChange | null {
  const plan = products.find(({ id }) => id === planId);
  if (plan === undefined) return null;
  const { isDefault, trialDays } = plan;
  if (snapshot === null) return { kind: "start", isScheduled: false, effectiveAt: null, trialDays };
  const current = snapshot.subscriptions.find((subscription) => isInGroupOf(plan, subscription));
  const price = priceOf(plan, interval);
  const prices = products.find(({ id }) => id === current?.planId)?.prices ?? [];
  const kind = classifyChange(current ? { ...current, prices } : null, { planId, isDefault, price });
  const isCurrent = current?.planId === planId;
  const isScheduled = !isCurrent && (current?.scheduledPlanId === planId || kind === "none");
  const waits = isScheduled || kind === "downgrade" || kind === "cancel";
  const end = current?.scheduledAt ?? current?.endsAt ?? current?.currentPeriodEnd ?? null;
  const hasTrial = kind === "start" && !snapshot.trialsUsed.includes(planId);
  return { kind, isScheduled, effectiveAt: waits ? end : null, trialDays: hasTrial ? trialDays : 0 };
}

function isInGroupOf(plan: PublicProduct, { group, planId, status }: SnapshotSubscription<string>): boolean {
  return changeable.includes(status) && (group === null ? planId === plan.id : group === plan.group);
}
