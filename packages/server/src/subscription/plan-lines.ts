import type { Plan, Product } from "../catalog/model.js";
import { comparePrices, type PublicPrice } from "../contract/index.js";
import type { BilledItem, BilledPrice, BilledState, BilledSubscription } from "./billed.js";

/** One plan within a subscription at Stripe: an item whose price sells a plan of ours. */
export interface PlanLine {
  subscription: BilledSubscription;
  item: BilledItem;
  price: BilledPrice;
  /** The plan as it was when it was bought. */
  plan: Plan;
}

/** Finds a product as it was at a version; null when nobody knows it any more. */
export type FindProduct = (productId: string, version: string | null) => Product | null;

/** The plans among what is billed. Prices that are not ours are named in `strangers` and mean nothing to PayKit. */
export function toPlanLines(
  state: BilledState,
  findProduct: FindProduct,
): { lines: PlanLine[]; strangers: string[] } {
  const lines: PlanLine[] = [];
  const strangers: string[] = [];
  for (const subscription of state.subscriptions) {
    for (const item of subscription.items) {
      const price = state.prices.get(item.priceId);
      const plan = price === undefined ? null : findPlan(price, findProduct);
      if (price === undefined || plan === null) strangers.push(item.priceId);
      else lines.push({ subscription, item, price, plan });
    }
  }
  return { lines, strangers };
}

export function findPlan({ productId, version }: BilledPrice, findProduct: FindProduct): Plan | null {
  const product = productId === null ? null : findProduct(productId, version);
  return product?.kind === "plan" ? product : null;
}

/** The lines of each group, the one that counts first; each add-on is a group of its own. */
export function byGroup(lines: readonly PlanLine[]): Map<string, PlanLine[]> {
  const groups = new Map<string, PlanLine[]>();
  for (const line of [...lines].sort(byWorth)) {
    const key = groupKey(line.plan);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return groups;
}

/** What a customer has one of. */
export function groupKey({ group, id }: Plan): string {
  return group === null ? `add-on:${id}` : `group:${group}`;
}

/** The dearer one first; of two that cost the same, the older. */
function byWorth(a: PlanLine, b: PlanLine): number {
  const difference = comparePrices(toPublicPrice(b.price), toPublicPrice(a.price));
  if (difference !== 0) return difference;
  return (
    a.subscription.createdAt.getTime() - b.subscription.createdAt.getTime() ||
    (a.subscription.id < b.subscription.id ? -1 : 1)
  );
}

function toPublicPrice({ amount, currency, interval }: BilledPrice): PublicPrice {
  return { amount: amount ?? 0, currency, interval };
}
