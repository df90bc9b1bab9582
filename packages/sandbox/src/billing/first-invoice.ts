import { periodAt } from "../engine/cadence.js";
import type { Subscription, SubscriptionItem } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { createInvoice, pendingItemsFor } from "./create-invoice.js";
import type { NewSubscription } from "./create-subscription.js";
import { discountsOf } from "./discounts.js";
import { advanceLines, type DraftLine, trialLine } from "./draft-line.js";
import { cadenceOf, periodOf } from "./price-terms.js";
import { itemsOf } from "./track-subscription.js";

/** The id of the draft of the first invoice; null when there is nothing to put on one. */
export function firstInvoice(
  world: World,
  subscription: Subscription,
  given: NewSubscription,
): string | null {
  const items = itemsOf(world, subscription);
  const lines = items.flatMap((item) => firstLines(world, subscription, { item, given }));
  given.extraItems?.(subscription);
  const pending = pendingItemsFor(world, subscription.customer, subscription.id);
  const isFree =
    subscription.trial_end === null && given.prorationBehavior === "none" && isPartial(world, subscription);
  if (isFree && pending.length === 0) return null;
  const now = subscription.created;
  return createInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    subscription,
    reason: "subscription_create",
    lines,
    pendingItems: pending,
    discounts: discountsOf(world, subscription),
    period: { start: now, end: now },
    autoAdvance:
      given.asDraft === true ||
      subscription.collection_method === "send_invoice" ||
      given.paymentBehavior !== "default_incomplete",
  }).id;
}

function firstLines(
  world: World,
  subscription: Subscription,
  { item, given }: { item: SubscriptionItem; given: NewSubscription },
): DraftLine[] {
  if (subscription.trial_end !== null) {
    const line = trialLine(world, { subscription, item });
    return line === null ? [] : [line];
  }
  if (given.prorationBehavior === "none" && isPartial(world, subscription)) return [];
  const full = periodAt(cadenceOf(subscription, world.get("price", item.price)), subscription.created);
  return advanceLines(world, { subscription, item, period: periodOf(item), full });
}

function isPartial(world: World, subscription: Subscription): boolean {
  return itemsOf(world, subscription).some((item) => {
    const full = periodAt(cadenceOf(subscription, world.get("price", item.price)), subscription.created);
    return item.current_period_start > full.start;
  });
}
