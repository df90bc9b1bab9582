import { isSameInterval, type Repeat } from "../contract/index.js";
import type { BilledState, BilledSubscription } from "./billed.js";

export interface PricedQuantity {
  priceId: string;
  quantity: number;
}

/** What a subscription is for from its next period on: what will happen next, or else what it is for now. */
export function upcomingItems({ items, schedule }: BilledSubscription): PricedQuantity[] {
  return (schedule?.next?.items ?? items).map(({ priceId, quantity }) => ({ priceId, quantity }));
}

/** The prices of what was removed and is still there. */
export function leavingOf({ items, leaving }: BilledSubscription): string[] {
  return items.map(({ priceId }) => priceId).filter((priceId) => leaving.includes(priceId));
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
