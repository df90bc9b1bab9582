import type { Plan, Price } from "../catalog/model.js";
import { isSameInterval, PayKitError, type Repeat } from "../contract/index.js";
import type { BilledItem, BilledState } from "./billed.js";
import type { Decision } from "./decide-change.js";
import { type FindProduct, findPlan, type PlanLine } from "./plan-lines.js";
import { upcomingItems } from "./upcoming.js";

export interface SoldPlan {
  product: Plan;
  price: Price;
}

/** What stands beside a plan once it is changed. */
export interface Beside {
  staying: StayingItem[];
  /** Removed, and paid for until the end of the period. */
  leaving: BilledItem[];
  /** Asked for, and not there yet. */
  added: SoldPlan[];
}

export interface StayingItem {
  item: BilledItem;
  /** What it is to be paid by from then on; null goes on as it is. */
  moved: SoldPlan | null;
}

export interface DecideBesideInput {
  decision: Decision;
  /** How often the plan is to be paid. */
  interval: Repeat | null;
  /** The add-ons that were asked for. */
  wanted: readonly SoldPlan[];
  state: BilledState;
  findProduct: FindProduct;
}

/**
 * Pure: what becomes of the add-ons when the plan changes. What is there stays, as it was bought and paid as often as the
 * plan; what was removed still goes, unless it is asked for again. Errors: INPUT_INVALID for one that cannot be paid as
 * often as the plan.
 */
export function decideBeside(input: DecideBesideInput): Beside {
  const { decision, wanted, state } = input;
  const line = lineOf(decision);
  if (line === null) return { staying: [], leaving: [], added: [...wanted] };
  const others = line.subscription.items.filter(({ id }) => id !== line.item.id);
  const upcoming = upcomingItems(line.subscription).map(({ priceId }) => soldBy(priceId, state));
  const isWanted = (sold: string) => wanted.some(({ product }) => product.id === sold);
  const isStaying = ({ priceId }: BilledItem) => {
    const sold = soldBy(priceId, state);
    return upcoming.includes(sold) || isWanted(sold);
  };
  const held = others.map(({ priceId }) => soldBy(priceId, state));
  return {
    staying: others.filter(isStaying).map((item) => ({ item, moved: move(item, line, input) })),
    leaving: others.filter((item) => !isStaying(item)),
    added: wanted.filter(({ product }) => !held.includes(product.id)),
  };
}

/** The plan that is there before. */
function lineOf(decision: Decision): PlanLine | null {
  return decision.kind === "start" ? decision.replaces : decision.current;
}

/** What a price sells: a product of ours at whatever price, or something that PayKit knows nothing of. */
function soldBy(priceId: string, { prices }: BilledState): string {
  return prices.get(priceId)?.productId ?? priceId;
}

/** An add-on follows its plan to another interval, at the price of the version that was bought. */
function move(item: BilledItem, line: PlanLine, input: DecideBesideInput): SoldPlan | null {
  const { decision, interval, state, findProduct } = input;
  const isChange = decision.kind === "start" || decision.kind === "upgrade" || decision.kind === "downgrade";
  if (!isChange || isSameInterval(interval, line.price.interval)) return null;
  const price = state.prices.get(item.priceId);
  const product = price === undefined ? null : findPlan(price, findProduct);
  if (price === undefined || product === null || isSameInterval(price.interval, interval)) return null;
  const next = product.prices.find(
    (one) => isSameInterval(one.interval, interval) && one.currency === price.currency,
  );
  if (next !== undefined) return { product, price: next };
  throw new PayKitError(
    "INPUT_INVALID",
    `"${product.id}" has no price for the interval of the new plan. Remove it first, or choose the interval it is paid at.`,
  );
}
