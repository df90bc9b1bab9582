import type { Repeat } from "./calendar.js";
import type { PublicPrice } from "./products.js";

/**
 * What choosing a plan means for somebody. `upgrade` happens at once and costs the difference; `downgrade` and `cancel`
 * wait for the end of what is paid (a downgrade in a trial waits for nothing); `resume` takes a scheduled change back; `none` is the plan as it is.
 */
export type ChangeKind = "start" | "upgrade" | "downgrade" | "cancel" | "resume" | "none";

/** The plan of the group that somebody is on now. */
export interface CurrentPlan {
  planId: string;
  isDefault: boolean;
  /** How often it is paid; null when it is free. */
  interval: Repeat | null;
  prices: readonly PublicPrice[];
  /** When the plan ends or changes, as things stand; null while it goes on. */
  endsAt: Date | string | null;
  /** What it changes to, as things stand. */
  scheduledPlanId: string | null;
}

/** The plan that was chosen, at one of its prices. */
export interface TargetPlan {
  planId: string;
  isDefault: boolean;
  /** Null for a plan that is free. */
  price: PublicPrice | null;
}

/** The one rule behind `subscribe`, its preview and the label of a button in a pricing table. */
export function classifyChange(current: CurrentPlan | null, target: TargetPlan): ChangeKind {
  if (current === null || current.isDefault) return target.isDefault ? "none" : "start";
  if (target.isDefault) return isSetToEnd(current, target.planId) ? "none" : "cancel";
  const interval = target.price?.interval ?? null;
  const isSame = target.planId === current.planId && isSameInterval(interval, current.interval);
  if (isSame) return current.endsAt !== null || current.scheduledPlanId !== null ? "resume" : "none";
  return isStepDown(current, target) ? "downgrade" : "upgrade";
}

/** Whether a change waits for the end of what is paid. In a trial nothing is, so a step down happens at once. */
export function waitsForEnd(kind: ChangeKind, isInTrial: boolean): boolean {
  return kind === "cancel" || (kind === "downgrade" && !isInTrial);
}

/** True when the plan is set to end and only the default plan follows. */
function isSetToEnd({ endsAt, scheduledPlanId }: CurrentPlan, defaultPlanId: string): boolean {
  return endsAt !== null && (scheduledPlanId === null || scheduledPlanId === defaultPlanId);
}

/**
 * Plans are compared at the same interval where both have it, so that a yearly price with its discount does not make a
 * better plan look like a lesser one. Between prices of the same rate the longer commitment is the step up.
 */
function isStepDown(current: CurrentPlan, { planId, price }: TargetPlan): boolean {
  if (planId === current.planId) return daysOf(price?.interval ?? null) < daysOf(current.interval);
  const reference =
    priceAt(current.prices, price?.interval ?? null) ?? priceAt(current.prices, current.interval);
  const difference = comparePrices(price, reference);
  return difference === 0 ? daysOf(price?.interval ?? null) < daysOf(current.interval) : difference < 0;
}

/** Which of two prices costs more a day: above 0 when `a` does. Exact, without fractions of a day. */
export function comparePrices(a: PublicPrice | null, b: PublicPrice | null): number {
  const left = (a?.amount ?? 0) * daysOf(b?.interval ?? null);
  const right = (b?.amount ?? 0) * daysOf(a?.interval ?? null);
  return left - right;
}

export function isSameInterval(a: Repeat | null, b: Repeat | null): boolean {
  return a === null || b === null ? a === b : a[0] === b[0] && a[1] === b[1];
}

/** The price that is paid every `interval`, or the first. */
export function priceAt(prices: readonly PublicPrice[], interval: Repeat | null): PublicPrice | null {
  return prices.find((price) => isSameInterval(price.interval, interval)) ?? null;
}

/** In 48ths of a day, so that a month (1461/48 days on average) is a whole number. */
function daysOf(interval: Repeat | null): number {
  const parts = { day: 48, week: 336, month: 1461, year: 17_532 };
  return interval === null ? parts.month : interval[0] * parts[interval[1]];
}
