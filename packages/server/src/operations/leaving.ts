import { markLeaving as mark } from "../stripe/leaving.js";
import type { BilledState, BilledSubscription } from "../subscription/billed.js";
import { isGiving } from "../subscription/status.js";
import { leavingOf, upcomingItems } from "../subscription/upcoming.js";
import type { App } from "./app.js";
import { scheduleUpcoming } from "./schedule-plan.js";
import { type Change, withChange } from "./with-change.js";

/** Writes down which items of a subscription are on their way out, where that is not written down already. */
export async function markLeaving(
  app: App,
  change: Change,
  { subscription, priceIds }: { subscription: BilledSubscription; priceIds: readonly string[] },
): Promise<void> {
  const leaving = [...new Set(priceIds)].sort();
  if (leaving.join() === [...subscription.leaving].sort().join()) return;
  const { client } = await app.gateway();
  const key = change.key(`leaving ${leaving.join()}`);
  await mark(client, { subscriptionId: subscription.id, priceIds: leaving }, key);
}

/** Lets what is leaving really leave, as soon as nothing is in the way any more: a payment, or an end of the whole. */
export async function scheduleLeaving(app: App, change: Change, state: BilledState): Promise<boolean> {
  const due = state.subscriptions.filter(isUnscheduled);
  for (const subscription of due) {
    await scheduleUpcoming(app, change, { subscription, state, items: upcomingItems(subscription) });
  }
  return due.length > 0;
}

/** After a reading: makes good what a change had to leave undone. */
export async function finishLeaving(app: App, customerId: string, read: BilledState | null): Promise<void> {
  if (read === null || !read.subscriptions.some((one) => isUnscheduled(one) || isOutdated(one))) return;
  await withChange({ database: app.database, customerId }, async (change) => {
    // Read again, because whoever held the change may have done it.
    const state = await app.sync(customerId);
    if (state === null) return;
    for (const subscription of state.subscriptions.filter(isOutdated)) {
      await markLeaving(app, change, { subscription, priceIds: leavingOf(subscription) });
    }
    if (await scheduleLeaving(app, change, state)) await app.sync(customerId);
  });
}

/** What has left may be put there again, by whomever, and is to stay then. */
function isOutdated(subscription: BilledSubscription): boolean {
  return isGiving(subscription.status) && leavingOf(subscription).length < subscription.leaving.length;
}

function isUnscheduled({ schedule, isPending, cancelAt, status }: BilledSubscription): boolean {
  return schedule?.id === null && !isPending && cancelAt === null && isGiving(status);
}
