import type { Plan } from "../catalog/model.js";
import type { BilledState, BilledSubscription } from "./billed.js";
import { byGroup, type FindProduct, type PlanLine, toPlanLines } from "./plan-lines.js";
import { isGiving } from "./status.js";

/** A subscription that must end, because another one of the same group was bought as well. */
export interface Duplicate {
  subscription: BilledSubscription;
  plan: Plan;
  /** Whether all that was paid for it is given back. What was replaced is credited for the rest of its time instead. */
  isRefunded: boolean;
}

/**
 * What PayKit sold twice: two checkouts paid at once, or one paid while the card on file paid for the same plan. The
 * first stays and the second is given back. What was bought in place of another ends the other instead. Subscriptions
 * that somebody made by hand at Stripe are left alone.
 */
export function findDuplicates(state: BilledState, findProduct: FindProduct): Duplicate[] {
  const { lines } = toPlanLines(state, findProduct);
  const duplicates = new Map<string, Duplicate>();
  for (const group of byGroup(lines).values()) {
    const live = group.filter(({ subscription }) => isSoldByUs(subscription));
    const replaced = live.filter(({ subscription }) =>
      live.some((other) => other.subscription.replaces === subscription.id),
    );
    const [, ...second] = live.filter((line) => !replaced.includes(line)).sort(byAge);
    for (const { subscription, plan } of replaced) {
      duplicates.set(subscription.id, { subscription, plan, isRefunded: false });
    }
    for (const { subscription, plan } of second) {
      duplicates.set(subscription.id, { subscription, plan, isRefunded: true });
    }
  }
  return [...duplicates.values()];
}

function isSoldByUs({ isOurs, status }: BilledSubscription): boolean {
  return isOurs && isGiving(status);
}

function byAge({ subscription: a }: PlanLine, { subscription: b }: PlanLine): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
