import type { Instant } from "../engine/instant.js";
import { cardError } from "../payments/decline.js";
import { invalid } from "../wire/errors.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { type Collection, collectInvoice } from "./collect-invoice.js";
import { createInvoice, pendingItemsFor } from "./create-invoice.js";
import { actionRequired } from "./create-subscription.js";
import { discountsOf } from "./discounts.js";
import type { DraftLine } from "./draft-line.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import type { SubscriptionUpdate } from "./subscription-update.js";
import { itemsOf, trackSubscription } from "./track-subscription.js";

/** An invoice of what is pending now, finalized at once. */
export function billUpdate(
  world: World,
  id: string,
  { update, prorationDate }: { update: SubscriptionUpdate; prorationDate: Instant | null },
): void {
  const invoice = updateInvoice(world, id, prorationDate);
  if (invoice.status !== "open" || invoice.collection_method === "send_invoice") return;
  const behavior = update.paymentBehavior ?? "allow_incomplete";
  if (behavior === "default_incomplete") {
    trackSubscription(world, id, () => world.change("subscription", id, { status: "past_due" }));
    return;
  }
  const collection = collectInvoice(world, invoice.id, { isOffSession: update.isOffSession ?? false });
  if (behavior === "error_if_incomplete") refuseUnpaid(collection);
}

function refuseUnpaid(collection: Collection): void {
  if (collection.type === "declined") throw cardError(collection.decline, {}, false);
  if (collection.type === "requires_action") throw actionRequired();
  if (collection.type === "no_method") {
    throw invalid("This customer has no attached payment source or default payment method.", {
      code: "resource_missing",
    });
  }
}

/** A finalized invoice of what is pending for the subscription. */
export function updateInvoice(world: World, id: string, prorationDate: Instant | null): Invoice {
  const draft = trackSubscription(world, id, () => {
    const subscription = world.get("subscription", id);
    const [first] = itemsOf(world, subscription);
    const now = world.nowFor(subscription.customer);
    return createInvoice(world, {
      customer: subscription.customer,
      currency: subscription.currency,
      subscription,
      reason: "subscription_update",
      lines: [] satisfies DraftLine[],
      pendingItems: pendingItemsFor(world, subscription.customer, id),
      discounts: discountsOf(world, subscription),
      period: { start: first?.current_period_start ?? now, end: now },
      autoAdvance: true,
      prorationDate,
    });
  });
  return finalizeInvoice(world, draft.id);
}
