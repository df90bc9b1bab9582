import { invalid } from "../wire/errors.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { finalInvoice } from "./cancel-subscription.js";
import { creditItems } from "./create-prorations.js";
import { pauseNow } from "./pause-subscription.js";
import { itemsOf } from "./track-subscription.js";

/**
 * Pauses a running subscription at once: its periods end now, and unused time is given back.
 *
 * @throws ApiError 400 for one that trials, has not begun, has ended, is on a schedule or sends invoices
 */
export function pauseSubscription(
  world: World,
  id: string,
  {
    invoices,
    unusedTimeFrom,
    schedule = null,
  }: {
    invoices: boolean;
    unusedTimeFrom: "now" | "none" | "item_current_period_start";
    /** The schedule that planned it. */
    schedule?: string | null;
  },
): Subscription {
  const before = world.get("subscription", id);
  if (!["active", "past_due", "unpaid"].includes(before.status))
    throw invalid(`A subscription that is ${before.status} cannot be paused.`);
  if (before.schedule !== schedule) throw invalid("A subscription with a schedule cannot be paused.");
  if (before.collection_method !== "charge_automatically" || before.billing_mode.type !== "flexible") {
    throw invalid("Only subscriptions in flexible billing mode that charge automatically can be paused.");
  }
  const now = world.nowFor(before.customer);
  for (const item of itemsOf(world, before)) {
    const from = unusedTimeFrom === "item_current_period_start" ? item.current_period_start : now;
    if (unusedTimeFrom !== "none") creditItems(world, world.get("subscription", id), { item, at: from });
  }
  if (invoices) finalInvoice(world, id);
  for (const item of itemsOf(world, before)) {
    if (item.current_period_end > now)
      world.change("subscription_item", item.id, { current_period_end: now });
  }
  return pauseNow(world, id, "pause_requested");
}
