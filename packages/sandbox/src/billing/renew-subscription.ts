import { periodAt } from "../engine/cadence.js";
import { clipPeriod } from "../engine/cancel-at.js";
import type { Period } from "../engine/instant.js";
import type { Subscription, SubscriptionItem } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { markUncollectible, voidInvoice } from "./close-invoice.js";
import { createInvoice, pendingItemsFor } from "./create-invoice.js";
import { discountsOf } from "./discounts.js";
import { advanceLines, arrearsLines, type DraftLine } from "./draft-line.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { cadenceOf, periodOf } from "./price-terms.js";
import { itemsOf, trackSubscription } from "./track-subscription.js";

/**
 * Moves every item whose period is over into its next one, and makes the invoice: what was used in the period before, and
 * the period ahead. Returns the invoice's id. The invoice stays a draft for an hour.
 */
export function renewSubscription(world: World, id: string): string {
  const before = world.get("subscription", id);
  const now = world.nowFor(before.customer);
  const due = itemsOf(world, before).filter((item) => item.current_period_end <= now);
  const [first] = due;
  const wasTrial = before.status === "trialing";
  const invoice = trackSubscription(world, id, () => {
    if (wasTrial) world.change("subscription", id, { status: "active" });
    for (const item of due) moveOn(world, world.get("subscription", id), item);
    const subscription = world.get("subscription", id);
    const lines = due.flatMap((item) => renewalLines(world, { subscription, before: item, wasTrial }));
    return bill(world, subscription, { lines, period: first ? periodOf(first) : { start: now, end: now } });
  });
  concludePaused(world, invoice, before.pause_collection?.behavior ?? null);
  return invoice;
}

function moveOn(world: World, subscription: Subscription, item: SubscriptionItem): void {
  const cadence = cadenceOf(subscription, world.get("price", item.price));
  const next = clipPeriod(periodAt(cadence, item.current_period_end), subscription.cancel_at);
  world.change("subscription_item", item.id, {
    current_period_start: item.current_period_end,
    current_period_end: next.end,
  });
}

function renewalLines(
  world: World,
  {
    subscription,
    before,
    wasTrial,
  }: { subscription: Subscription; before: SubscriptionItem; wasTrial: boolean },
): DraftLine[] {
  const item = world.get("subscription_item", before.id);
  const full = periodAt(cadenceOf(subscription, world.get("price", item.price)), item.current_period_start);
  const used = wasTrial ? [] : arrearsLines(world, { subscription, item: before, period: periodOf(before) });
  return [...used, ...advanceLines(world, { subscription, item, period: periodOf(item), full })];
}

function bill(
  world: World,
  subscription: Subscription,
  { lines, period }: { lines: readonly DraftLine[]; period: Period },
): string {
  const pause = subscription.pause_collection?.behavior ?? null;
  const { id } = createInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    subscription,
    reason: "subscription_cycle",
    lines,
    pendingItems: pendingItemsFor(world, subscription.customer, subscription.id),
    discounts: discountsOf(world, subscription),
    period,
    autoAdvance: subscription.status !== "unpaid" && pause === null,
  });
  return id;
}

/** With collection paused, an invoice is closed as soon as it is made. */
function concludePaused(
  world: World,
  invoice: string,
  pause: NonNullable<Subscription["pause_collection"]>["behavior"] | null,
): void {
  if (pause !== "void" && pause !== "mark_uncollectible") return;
  if (finalizeInvoice(world, invoice).status !== "open") return;
  if (pause === "void") voidInvoice(world, invoice);
  else markUncollectible(world, invoice, "subscription_paused");
}
