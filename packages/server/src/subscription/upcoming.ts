import { isSameInterval, type Repeat } from "../contract/index.js";
import type { BilledState, BilledSubscription } from "./billed.js";
import { findSuccessor } from "./holdings.js";
import type { FindProduct, PlanLine } from "./plan-lines.js";

export interface PricedQuantity {
  priceId: string;
  quantity: number;
}

/** What a subscription is for from its next period on: what is scheduled, or else what it is for now. */
export function upcomingItems({ items, schedule }: BilledSubscription): PricedQuantity[] {
  return (schedule?.next?.items ?? items).map(({ priceId, quantity }) => ({ priceId, quantity }));
}

/** What will stand beside the plan of a line then: its add-ons, but for those that are on their way out. */
export function upcomingBeside(
  line: PlanLine,
  known: { state: BilledState; findProduct: FindProduct },
): PricedQuantity[] {
  const own = findSuccessor(line, known)?.priceId ?? line.item.priceId;
  return upcomingItems(line.subscription).filter(({ priceId }) => priceId !== own);
}

/** How often a subscription will be paid, and whether that is not how often it is paid now. */
export function upcomingInterval(
  subscription: BilledSubscription,
  { prices }: BilledState,
): { interval: Repeat; isOther: boolean } {
  const intervalOf = (priceId: string | undefined) => prices.get(priceId ?? "")?.interval ?? null;
  const now = intervalOf(subscription.items[0]?.priceId);
  const next = intervalOf(upcomingItems(subscription)[0]?.priceId) ?? now;
  return { interval: next ?? [1, "month"], isOther: !isSameInterval(next, now) };
}

/** Whether the two are the same items, in whatever order. */
export function isSameItems(a: readonly PricedQuantity[], b: readonly PricedQuantity[]): boolean {
  const keys = (items: readonly PricedQuantity[]) =>
    items
      .map(({ priceId, quantity }) => `${priceId} ${quantity}`)
      .sort()
      .join();
  return keys(a) === keys(b);
}
