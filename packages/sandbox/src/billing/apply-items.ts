import { periodAt } from "../engine/cadence.js";
import { clipPeriod } from "../engine/cancel-at.js";
import type { Instant, Period } from "../engine/instant.js";
import { areIntervalsCompatible } from "../engine/mixed-intervals.js";
import { invalid, missingReference } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type { Price } from "../world/objects/catalog.js";
import type { Subscription, SubscriptionItem } from "../world/objects/subscription.js";
import type { Metadata } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { applyDiscounts, type DiscountRequest, endDiscount } from "./discounts.js";
import { cadenceOf, isMetered, recurrenceOf } from "./price-terms.js";
import { itemsOf } from "./track-subscription.js";

/** What a request asks of one item. Without `id` it adds one. */
export type ItemChange = {
  id?: string;
  deleted?: boolean;
  clearUsage?: boolean;
  price?: string;
  quantity?: number;
  metadata?: Metadata;
  discounts?: readonly DiscountRequest[];
};

/** An item before and after a change; null where it was added or taken away. */
export type ItemPair = {
  before: SubscriptionItem | null;
  after: SubscriptionItem | null;
  clearUsage: boolean;
};

const MOST_ITEMS = 20;

/**
 * Puts the changes into effect, and with an `anchor` begins all periods anew there. Returns the items whose billing this
 * touches; what it costs is for `createProrations`.
 *
 * @throws ApiError 400 for prices that do not recur, are not active, or do not fit together
 */
export function applyItems(
  world: World,
  id: string,
  { changes, at, anchor }: { changes: readonly ItemChange[]; at: Instant; anchor: Instant | null },
): ItemPair[] {
  if (anchor !== null) moveAnchor(world, id, anchor);
  const subscription = world.get("subscription", id);
  const before = itemsOf(world, subscription);
  const pairs = changes.map((change) => applyChange(world, subscription, { change, at }));
  const touched = new Set(pairs.map(({ before: item }) => item?.id));
  const untouched = before.filter((item) => !touched.has(item.id));
  const moved = anchor === null ? [] : untouched.map((item) => movePeriod(world, subscription, { item, at }));
  const removed = pairs.flatMap(({ before: old, after }) => (old !== null && after === null ? [old.id] : []));
  const kept = before.map((item) => item.id).filter((item) => !removed.includes(item));
  const added = pairs.flatMap(({ before: old, after }) => (old === null && after ? [after.id] : []));
  const updated = world.change("subscription", id, {
    items: { ...subscription.items, data: [...kept, ...added] },
  });
  // Off the subscription first: what it is due for hangs on its items.
  for (const item of removed) world.remove("subscription_item", item);
  requireFitting(world, updated);
  return [...pairs, ...moved].filter(isMaterial);
}

/** A new item of a subscription, with the period it is in now. */
export function createItem(
  world: World,
  subscription: Subscription,
  { change, at, period }: { change: ItemChange; at: Instant; period?: Period },
): SubscriptionItem {
  const price = requirePrice(world, change.price ?? "");
  const now = period ?? periodFor(subscription, price, at);
  const id = newId("subscription_item");
  return world.put<SubscriptionItem>({
    id,
    object: "subscription_item",
    billing_thresholds: null,
    created: at,
    current_period_end: now.end,
    current_period_start: now.start,
    current_trial: null,
    discounts: applyDiscounts(world, change.discounts ?? [], {
      customer: subscription.customer,
      subscription: subscription.id,
      subscriptionItem: id,
    }),
    metadata: change.metadata ?? {},
    price: price.id,
    ...(isMetered(price) ? {} : { quantity: change.quantity ?? 1 }),
    subscription: subscription.id,
    tax_rates: [],
  });
}

export function requirePrice(world: World, id: string, param = "items[0][price]"): Price {
  const price = world.find("price", id);
  if (!price) throw missingReference("price", id, param);
  if (!price.active) {
    throw invalid(`The price specified is inactive. This field only accepts active prices.`, { param });
  }
  if (price.recurring === null) {
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      { param },
    );
  }
  return price;
}

/** @throws ApiError 400 for mixed currencies, intervals that are no multiples, a price twice, too many items */
export function requireFitting(world: World, subscription: Subscription): void {
  const prices = itemsOf(world, subscription).map(({ price }) => world.get("price", price));
  if (prices.length === 0)
    throw invalid("A subscription must have at least one active plan.", { param: "items" });
  if (prices.length > MOST_ITEMS)
    throw invalid(`A subscription has at most ${MOST_ITEMS} items.`, { param: "items" });
  if (prices.some(({ currency }) => currency !== subscription.currency)) {
    throw invalid("The prices of a subscription must all have its currency.", { param: "items" });
  }
  const [first] = prices;
  const isUniform = prices.every((price) => first && sameInterval(price, first));
  if (
    !isUniform &&
    (subscription.billing_mode.type === "classic" || !areIntervalsCompatible(prices.map(recurrenceOf)))
  ) {
    throw invalid("The intervals of the prices do not fit together on one subscription.", { param: "items" });
  }
  if (new Set(prices.map(({ id }) => id)).size < prices.length) {
    throw invalid("A price can be on a subscription only once; change its quantity instead.", {
      param: "items",
    });
  }
}

export function sameInterval(one: Price, other: Price): boolean {
  const [a, b] = [recurrenceOf(one), recurrenceOf(other)];
  return a.interval === b.interval && a.intervalCount === b.intervalCount;
}

/** The period that an item of the price is in, cut short by a cancellation that is set. */
export function periodFor(subscription: Subscription, price: Price, at: Instant): Period {
  if (subscription.status === "trialing" && subscription.trial_end !== null) {
    return { start: subscription.trial_start ?? at, end: subscription.trial_end };
  }
  return clipPeriod(periodAt(cadenceOf(subscription, price), at), subscription.cancel_at);
}

function applyChange(
  world: World,
  subscription: Subscription,
  { change, at }: { change: ItemChange; at: Instant },
): ItemPair {
  const clearUsage = change.clearUsage ?? false;
  if (change.id === undefined) {
    const isRenewing = itemsOf(world, subscription).some((item) => item.current_period_end <= at);
    const period = isRenewing ? { period: { start: at, end: at } } : {};
    return { before: null, after: createItem(world, subscription, { change, at, ...period }), clearUsage };
  }
  const before = world.find("subscription_item", change.id);
  if (!before || before.subscription !== subscription.id)
    throw missingReference("subscription item", change.id, "items[0][id]");
  if (change.deleted) {
    for (const discount of before.discounts) endDiscount(world, discount);
    return { before, after: null, clearUsage };
  }
  return { before, after: changeItem(world, subscription, { before, change, at }), clearUsage };
}

function changeItem(
  world: World,
  subscription: Subscription,
  { before, change, at }: { before: SubscriptionItem; change: ItemChange; at: Instant },
): SubscriptionItem {
  const old = world.get("price", before.price);
  const price = change.price === undefined ? old : requirePrice(world, change.price);
  const { quantity: oldQuantity, ...rest } = before;
  // A new price starts at a quantity of 1 unless the request says otherwise.
  const quantity = change.quantity ?? (price.id === old.id ? (oldQuantity ?? 1) : 1);
  // At the end of a period the renewal is about to move the item on, and bills what it finds.
  const isRenewing = before.current_period_end <= at;
  const keepsPeriod = isRenewing || (sameInterval(old, price) && !isMoved(subscription, before));
  const period = keepsPeriod
    ? { start: before.current_period_start, end: before.current_period_end }
    : periodFor(subscription, price, at);
  return world.put<SubscriptionItem>({
    ...rest,
    current_period_end: period.end,
    current_period_start: period.start,
    discounts:
      change.discounts === undefined
        ? before.discounts
        : applyDiscounts(world, change.discounts, {
            customer: subscription.customer,
            subscription: subscription.id,
            subscriptionItem: before.id,
          }),
    metadata: change.metadata ?? before.metadata,
    price: price.id,
    ...(isMetered(price) ? {} : { quantity }),
  });
}

/** Whether the anchor lies in the item's period: it was just moved there. */
function isMoved({ billing_cycle_anchor, status }: Subscription, item: SubscriptionItem): boolean {
  return (
    status !== "trialing" &&
    billing_cycle_anchor > item.current_period_start &&
    billing_cycle_anchor < item.current_period_end
  );
}

function moveAnchor(world: World, id: string, anchor: Instant): void {
  const { hidden } = world.get("subscription", id);
  world.change("subscription", id, {
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    hidden: { ...hidden, anchorDay: null },
  });
}

function movePeriod(
  world: World,
  subscription: Subscription,
  { item, at }: { item: SubscriptionItem; at: Instant },
): ItemPair {
  const period = periodFor(subscription, world.get("price", item.price), at);
  const after = world.change("subscription_item", item.id, {
    current_period_start: period.start,
    current_period_end: period.end,
  });
  return { before: item, after, clearUsage: false };
}

function isMaterial({ before, after }: ItemPair): boolean {
  if (before === null || after === null) return true;
  return (
    before.price !== after.price ||
    before.quantity !== after.quantity ||
    before.current_period_end !== after.current_period_end ||
    before.current_period_start !== after.current_period_start
  );
}
