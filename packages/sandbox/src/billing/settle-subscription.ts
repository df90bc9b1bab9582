import { type StatusInvoice, statusOf } from "../engine/subscription-status.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { subscriptionOf } from "./create-invoice.js";
import { applyPendingUpdate } from "./pending-update.js";
import { resumeNow } from "./resume-subscription.js";
import { trackSubscription } from "./track-subscription.js";

/** What follows for a subscription from an invoice that was paid: the first one starts it, a late one revives it. */
export function settleSubscription(
  world: World,
  id: string,
  { paid, method }: { paid: Invoice; method: string | null },
): void {
  const subscription = world.get("subscription", id);
  if (subscription.hidden.pendingInvoice === paid.id) applyPendingUpdate(world, id);
  if (subscription.hidden.resumption?.invoice === paid.id) resumeNow(world, id);
  trackSubscription(world, id, () => {
    const current = world.get("subscription", id);
    const keepsMethod =
      current.payment_settings.save_default_payment_method === "on_subscription" && method !== null;
    world.change("subscription", id, {
      status: statusAfterPayment(world, current),
      ...(keepsMethod ? { default_payment_method: method } : {}),
    });
  });
}

/**
 * The status that a running subscription's invoices give it; one that has not begun or has ended keeps its own. The
 * invoice of a pending update is for something the customer does not have yet, so it makes nothing past due.
 */
export function statusFromInvoices(world: World, subscription: Subscription): Subscription["status"] {
  if (!["active", "past_due", "unpaid"].includes(subscription.status)) return subscription.status;
  const invoices = invoicesOf(world, subscription)
    .filter(({ id }) => id !== subscription.hidden.pendingInvoice)
    .reverse()
    .map(toStatusInvoice);
  const end = world.settings.dunning.end === "unpaid" ? "unpaid" : "past_due";
  return statusOf(invoices, end, world.nowFor(subscription.customer));
}

/** Oldest first. */
export function invoicesOf(world: World, subscription: Subscription): Invoice[] {
  return world
    .ofCustomer("invoice", subscription.customer)
    .filter((one) => subscriptionOf(one) === subscription.id);
}

function statusAfterPayment(world: World, subscription: Subscription): Subscription["status"] {
  if (subscription.status === "incomplete") return "active";
  return statusFromInvoices(world, subscription);
}

function toStatusInvoice(invoice: Invoice): StatusInvoice {
  return {
    status: invoice.status,
    collection: invoice.collection_method,
    attempts: invoice.attempt_count,
    isExhausted: invoice.hidden.isExhausted,
    dueAt: invoice.due_date,
  };
}
