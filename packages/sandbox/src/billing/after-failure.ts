import type { World } from "../world/world.js";
import { cancelNow } from "./cancel-subscription.js";
import { markUncollectible } from "./close-invoice.js";
import { subscriptionOf } from "./create-invoice.js";
import { pauseNow } from "./pause-subscription.js";
import { resumeNow } from "./resume-subscription.js";
import { statusFromInvoices } from "./settle-subscription.js";
import { trackSubscription } from "./track-subscription.js";

/**
 * What follows for a subscription from a payment that failed: it is past due; after the last retry it ends as the dunning
 * settings say.
 */
export function afterFailure(world: World, invoiceId: string): void {
  const invoice = world.get("invoice", invoiceId);
  const id = subscriptionOf(invoice);
  if (id === null || invoice.status !== "open") return;
  const subscription = world.get("subscription", id);
  if (subscription.hidden.resumption?.invoice === invoiceId && !subscription.hidden.resumption.isTried) {
    resumeNow(world, id, "past_due");
    return;
  }
  if (!["active", "past_due", "unpaid"].includes(subscription.status)) return;
  if (invoice.hidden.isExhausted && world.settings.dunning.end === "cancel") {
    cancelNow(world, id, { reason: "payment_failed" });
    return;
  }
  if (invoice.hidden.isExhausted && world.settings.dunning.end === "pause") {
    markUncollectible(world, invoiceId, "max_payment_attempts");
    pauseNow(world, id, "final_payment_failure");
    return;
  }
  trackSubscription(world, id, () => {
    world.change("subscription", id, { status: statusFromInvoices(world, subscription) });
  });
}
