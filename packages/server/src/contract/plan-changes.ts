import { type ChangeKind, classifyChange, waitsForEnd } from "./change.js";
import type { Instant } from "./grant.js";
import type { PublicPrice, PublicProduct } from "./products.js";
import type { PriceInterval } from "./routes.js";
import type { SnapshotSubscription } from "./snapshot.js";

/** What choosing a plan at one of its prices would do. */
export interface PlanChange<I extends Instant = Date> {
  planId: string;
  /** How often the price is paid; null for a plan that is free. */
  interval: PriceInterval | null;
  kind: ChangeKind;
  /** When it would happen, or is set to happen: null for at once. */
  effectiveAt: I | null;
  /** True when the plan is set to follow the current one already. */
  isScheduled: boolean;
  /** Days before the first payment; 0 without a trial, and for who has had the group's. */
  trialDays: number;
}

export interface PlanChangesInput<I extends Instant> {
  subscriptions: readonly SnapshotSubscription<I>[];
  /** What anybody may buy. */
  products: readonly PublicProduct[];
  /** The prices of a plan that somebody is on, which nobody may buy any more perhaps. */
  pricesOf: (planId: string) => readonly PublicPrice[];
  /** The plans that start without their trial. */
  trialsUsed: readonly string[];
}

/** For each plan and price for sale, what choosing it would do: what a button is to say. By the rule of `subscribe`. */
export function listPlanChanges<I extends Instant>(input: PlanChangesInput<I>): PlanChange<I>[] {
  const plans = input.products.filter(({ type }) => type === "plan");
  return plans.flatMap((plan) => {
    const prices = plan.prices.length > 0 ? plan.prices : [null];
    return prices.map((price) => toChange(plan, price, input));
  });
}

function toChange<I extends Instant>(
  plan: PublicProduct,
  price: PublicPrice | null,
  { subscriptions, pricesOf, trialsUsed }: PlanChangesInput<I>,
): PlanChange<I> {
  const { id: planId, isDefault, trialDays } = plan;
  const current = subscriptions.find((subscription) => isInGroupOf(plan, subscription));
  const held = current ? { ...current, prices: pricesOf(current.planId) } : null;
  const kind = classifyChange(held, { planId, isDefault, price });
  const isOther = current !== undefined && current.planId !== planId;
  const isScheduled = isOther && (current.scheduledPlanId === planId || kind === "none");
  const waits = isScheduled || waitsForEnd(kind, current?.status === "trialing");
  const end = current?.scheduledAt ?? current?.endsAt ?? current?.currentPeriodEnd ?? null;
  return {
    planId,
    interval: price?.interval?.[1] ?? null,
    kind,
    effectiveAt: waits ? end : null,
    isScheduled,
    trialDays: kind === "start" && !trialsUsed.includes(planId) ? trialDays : 0,
  };
}

/** Statuses in which a plan can be changed; in every other one a new subscription is started. */
const changeable: readonly string[] = ["active", "trialing", "past_due"];

function isInGroupOf(plan: PublicProduct, { group, planId, status }: SnapshotSubscription<Instant>): boolean {
  return changeable.includes(status) && (group === null ? planId === plan.id : group === plan.group);
}
