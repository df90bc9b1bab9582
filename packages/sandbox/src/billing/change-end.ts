import { periodAt } from "../engine/cadence.js";
import { clipPeriod, resolveCancelAt } from "../engine/cancel-at.js";
import type { Instant } from "../engine/instant.js";
import { invalid } from "../wire/errors.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import type { ItemPair } from "./apply-items.js";
import { createProrations } from "./create-prorations.js";
import { cadenceOf, periodOf } from "./price-terms.js";
import type { SubscriptionUpdate } from "./subscription-update.js";
import { itemsOf } from "./track-subscription.js";

/** Sets, moves or takes back the end of a subscription; an end within a period changes what that period costs. */
export function applyEnd(world: World, id: string, update: SubscriptionUpdate): void {
  const { cancelAtPeriodEnd, cancelAt } = update;
  if (cancelAtPeriodEnd === undefined && cancelAt === undefined) return;
  const before = world.get("subscription", id);
  const now = world.nowFor(before.customer);
  restorePeriods(world, before, update);
  const periods = itemsOf(world, before).map((item) => ({ period: periodOf(item) }));
  const at = cancelAtPeriodEnd
    ? Math.min(...periods.map(({ period }) => period.end))
    : cancelAt
      ? resolveCancelAt(cancelAt, periods)
      : null;
  if (at !== null && at <= now) throw invalid("cancel_at must be in the future.", { param: "cancel_at" });
  world.change("subscription", id, {
    cancel_at_period_end: cancelAtPeriodEnd ?? false,
    cancel_at: at,
    canceled_at: at === null ? null : now,
    cancellation_details: {
      ...before.cancellation_details,
      reason: at === null ? null : "cancellation_requested",
    },
  });
  if (at !== null) cutPeriods(world, id, { at, update });
}

/** An end inside the period cuts it short, and gives back what was paid beyond it. */
function cutPeriods(
  world: World,
  id: string,
  { at, update }: { at: Instant; update: SubscriptionUpdate },
): void {
  for (const item of itemsOf(world, world.get("subscription", id))) {
    const { end } = clipPeriod(periodOf(item), at);
    if (end === item.current_period_end) continue;
    const after = world.change("subscription_item", item.id, { current_period_end: end });
    prorateEnd(world, id, { update, pair: { before: item, after, clearUsage: true } });
  }
}

/** Without the end that cut them short, periods run their course, and what was given back is taken again. */
function restorePeriods(world: World, subscription: Subscription, update: SubscriptionUpdate): void {
  const { id, cancel_at, status } = subscription;
  if (cancel_at === null || status === "trialing") return;
  for (const item of itemsOf(world, subscription)) {
    if (item.current_period_end !== cancel_at) continue;
    const cadence = cadenceOf(subscription, world.get("price", item.price));
    const { end } = periodAt(cadence, item.current_period_start);
    if (end === cancel_at) continue;
    world.change("subscription", id, { cancel_at: null });
    const after = world.change("subscription_item", item.id, { current_period_end: end });
    prorateEnd(world, id, { update, pair: { before: item, after, clearUsage: true } });
  }
}

/**
 * Gives back what was billed beyond now and takes what is left of the period as it is now: what counts as billed stays
 * the time the customer has, so that a later change gives back no more and no less.
 */
function prorateEnd(
  world: World,
  id: string,
  { update, pair }: { update: SubscriptionUpdate; pair: ItemPair },
): void {
  const { status, customer } = world.get("subscription", id);
  if (update.prorationBehavior === "none" || status === "trialing") return;
  createProrations(world, id, { pairs: [pair], at: update.prorationDate ?? world.nowFor(customer) });
}
