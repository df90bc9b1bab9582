import { invalid } from "../wire/errors.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { applyItems, periodFor } from "./apply-items.js";
import { collectInvoice } from "./collect-invoice.js";
import { createInvoice, pendingItemsFor } from "./create-invoice.js";
import { discountsOf } from "./discounts.js";
import { advanceLines } from "./draft-line.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { periodOf } from "./price-terms.js";
import { resumeNow } from "./resume-subscription.js";
import { itemsOf, trackSubscription } from "./track-subscription.js";

/**
 * Lets a paused subscription run again, from now or on its old cycle. What that costs is invoiced at once; it runs when
 * there is nothing to pay, or when the invoice is paid.
 *
 * @throws ApiError 400 for one that is not paused
 */
export function resumeSubscription(
  world: World,
  id: string,
  {
    anchor,
    onSuccess,
    prorationBehavior,
  }: { anchor: "now" | "unchanged"; onSuccess: boolean; prorationBehavior: ProrationBehavior },
): Subscription {
  const before = world.get("subscription", id);
  if (before.status !== "paused")
    throw invalid(`Only paused subscriptions can be resumed; this one is ${before.status}.`);
  const now = world.nowFor(before.customer);
  const invoice = trackSubscription(world, id, () => {
    if (anchor === "now") applyItems(world, id, { changes: [], at: now, anchor: now });
    else restart(world, id, now);
    return billResume(world, id, {
      isFree: anchor === "unchanged" && prorationBehavior === "none",
      isTried: onSuccess,
    });
  });
  if (invoice === null || finalizeInvoice(world, invoice).status === "paid") {
    if (world.get("subscription", id).status === "paused") resumeNow(world, id);
    return world.get("subscription", id);
  }
  if (onSuccess) collectInvoice(world, invoice, { isOffSession: true, isAutomatic: true });
  return world.get("subscription", id);
}

function restart(world: World, id: string, now: number): void {
  const subscription = world.get("subscription", id);
  for (const item of itemsOf(world, subscription)) {
    const { end } = periodFor(subscription, world.get("price", item.price), now);
    world.change("subscription_item", item.id, { current_period_start: now, current_period_end: end });
  }
}

function billResume(
  world: World,
  id: string,
  { isFree, isTried }: { isFree: boolean; isTried: boolean },
): string | null {
  const subscription = world.get("subscription", id);
  const now = world.nowFor(subscription.customer);
  const lines = isFree
    ? []
    : itemsOf(world, subscription).flatMap((item) =>
        advanceLines(world, {
          subscription,
          item,
          period: periodOf(item),
          full: periodFor(subscription, world.get("price", item.price), now),
        }),
      );
  const pendingItems = pendingItemsFor(world, subscription.customer, id);
  if (lines.length === 0 && pendingItems.length === 0) return null;
  const { id: invoice } = createInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    subscription,
    reason: "subscription_update",
    lines,
    pendingItems,
    discounts: discountsOf(world, subscription),
    period: { start: now, end: now },
    // Without a try of its own, the invoice is the customer's to pay.
    autoAdvance: isTried,
  });
  const { hidden } = world.get("subscription", id);
  world.change("subscription", id, { hidden: { ...hidden, resumption: { invoice, isTried } } });
  return invoice;
}
