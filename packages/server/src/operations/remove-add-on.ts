import { cancelAtPeriodEnd } from "../stripe/subscriptions.js";
import { leavingOf, upcomingItems } from "../subscription/upcoming.js";
import type { AddOnInput } from "./add-add-on.js";
import { type App, serverCaller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { getKnownCustomer } from "./ensure-stripe-customer.js";
import { markLeaving } from "./leaving.js";
import { readHeld } from "./read-held.js";
import { scheduleUpcoming } from "./schedule-plan.js";
import { tellSoon } from "./tell-soon.js";
import { withChange } from "./with-change.js";

/**
 * Lets an add-on end with the period that is paid for. Not having it changes nothing.
 * Errors: CUSTOMER_UNKNOWN, AUTHORIZATION_DENIED, and those of Stripe.
 */
export async function removeAddOn(app: App, { customerId, planId }: AddOnInput): Promise<void> {
  const customer = await getKnownCustomer(app, customerId);
  const product = app.catalog.products.get(planId) ?? null;
  await assertAuthorized(app, { customer, action: "cancel", product, caller: serverCaller });
  await withChange({ database: app.database, customerId }, async (change) => {
    const { lines, state } = await readHeld(app, customerId);
    const line = lines.find(({ plan }) => plan.id === planId && plan.group === null);
    if (line === undefined) return;
    const { subscription, item } = line;
    const rest = upcomingItems(subscription).filter(
      ({ priceId }) => state.prices.get(priceId)?.productId !== planId,
    );
    // A schedule would go on past the end that the whole subscription is set to, and drop a change that is pending.
    const isEnding = subscription.cancelAt !== null && subscription.cancelAt <= item.currentPeriodEnd;
    if (rest.length > 0) {
      const priceIds = [...leavingOf(subscription), item.priceId];
      await markLeaving(app, change, { subscription, priceIds });
      const isFree = !isEnding && !subscription.isPending;
      if (isFree) await scheduleUpcoming(app, change, { subscription, state, items: rest });
    } else if (!isEnding) {
      const { client } = await app.gateway();
      await cancelAtPeriodEnd(client, subscription.id, change.key("cancel"));
    }
    await app.sync(customerId);
  });
  tellSoon(app, customerId);
}
