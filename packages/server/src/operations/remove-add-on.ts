import { scheduleItems } from "../stripe/schedules.js";
import { cancelAtPeriodEnd } from "../stripe/subscriptions.js";
import type { AddOnInput } from "./add-add-on.js";
import type { App } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { getKnownCustomer } from "./ensure-stripe-customer.js";
import { listHeldLines } from "./held-lines.js";
import { tellSoon } from "./tell-soon.js";
import { withChange } from "./with-change.js";

/**
 * Lets an add-on end with the period that is paid for. Not having it changes nothing.
 * Errors: CUSTOMER_UNKNOWN, AUTHORIZATION_DENIED, and those of Stripe.
 */
export async function removeAddOn(app: App, { customerId, planId }: AddOnInput): Promise<void> {
  const customer = await getKnownCustomer(app, customerId);
  const product = app.catalog.products.get(planId) ?? null;
  await assertAuthorized(app, { customer, action: "cancel", product });
  await withChange({ database: app.database, customerId }, async (change) => {
    const line = (await listHeldLines(app, customerId)).find(
      ({ plan }) => plan.id === planId && plan.group === null,
    );
    if (line === undefined) return;
    const { subscription, item, price } = line;
    const { client } = await app.gateway();
    const rest = subscription.items.filter(({ id }) => id !== item.id);
    if (rest.length === 0) await cancelAtPeriodEnd(client, subscription.id, change.key("cancel"));
    else {
      await scheduleItems(client, {
        subscriptionId: subscription.id,
        scheduleId: subscription.schedule?.id ?? null,
        items: rest,
        at: item.currentPeriodEnd,
        interval: price.interval ?? [1, "month"],
        restartsPeriod: false,
        idempotencyKey: change.key("remove-add-on"),
      });
    }
    await app.sync(customerId);
  });
  tellSoon(app, customerId);
}
