import { listOpenCheckouts } from "../database/checkout.js";
import { deleteCustomerRows } from "../database/delete-customer.js";
import { cancelNow } from "../stripe/subscriptions.js";
import { hasEnded } from "../subscription/status.js";
import { readBilledState } from "../sync/read-billed-state.js";
import type { App } from "./app.js";
import { getKnownCustomer } from "./ensure-stripe-customer.js";
import { closeCheckout } from "./open-checkout.js";
import { withChange } from "./with-change.js";

/**
 * Forgets a customer: ends what is live at Stripe, then removes every row but the trials, which are given once even to
 * somebody who comes back. When Stripe fails nothing is removed, and the call may be repeated. The customer at Stripe
 * stays, because invoices have to be kept. Errors: CUSTOMER_UNKNOWN, SUBSCRIPTION_CHANGED, and those of Stripe.
 */
export async function deleteCustomer(app: App, { id: customerId }: { id: string }): Promise<void> {
  const { database } = app;
  await getKnownCustomer(app, customerId);
  await withChange({ database, customerId }, async () => {
    const { stripeCustomerId } = await getKnownCustomer(app, customerId);
    if (stripeCustomerId !== null) await endAll(app, customerId, stripeCustomerId);
    await database.transaction((tx) => deleteCustomerRows(tx, customerId));
  });
}

async function endAll(app: App, customerId: string, stripeCustomerId: string): Promise<void> {
  const { client } = await app.gateway();
  const open = await app.database.query((orm) => listOpenCheckouts(orm, customerId));
  for (const checkout of open) await closeCheckout(app, checkout);
  const { subscriptions } = await readBilledState(client, stripeCustomerId);
  for (const { id, status } of subscriptions) {
    if (!hasEnded(status)) await cancelNow(client, id);
  }
}
