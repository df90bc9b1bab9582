import { pendingUpdateExpiresAt } from "../engine/deadlines.js";
import type { Subscription } from "../world/objects/subscription.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { applyFields } from "./apply-fields.js";
import { applyItems } from "./apply-items.js";
import { applyTerms } from "./apply-terms.js";
import { billUpdate, updateInvoice } from "./bill-update.js";
import { voidInvoice } from "./close-invoice.js";
import { collectInvoice } from "./collect-invoice.js";
import { createProrations } from "./create-prorations.js";
import type { PendingChange } from "./pending-update.js";
import { announceTrialEnd } from "./subscription-due.js";
import { changesTerms, requireEditable, type SubscriptionUpdate } from "./subscription-update.js";
import { itemsOf, trackSubscription } from "./track-subscription.js";

/**
 * Changes a subscription. Changes of items, anchor and trial cost something: pending items for the next invoice, or (with
 * `always_invoice`) an invoice now, paid as the payment behavior says.
 *
 * @throws ApiError 402 when the payment fails under `error_if_incomplete`, and then nothing has changed
 */
export function updateSubscription(world: World, id: string, update: SubscriptionUpdate): Subscription {
  const before = world.get("subscription", id);
  requireEditable(before, update);
  if (update.paymentBehavior === "pending_if_incomplete" && changesTerms(update))
    return updateOncePaid(world, id, update);
  const { needsInvoice, prorationDate } = trackSubscription(world, id, () => {
    applyFields(world, id, update);
    return applyTerms(world, id, update);
  });
  if (needsInvoice) billUpdate(world, id, { update, prorationDate });
  announceNearTrialEnd(world, before, id);
  return world.get("subscription", id);
}

/**
 * The change takes effect only once its invoice is paid. It is done, billed and tried; when the payment fails it is taken
 * back, and the same invoice is made to wait for its payment.
 *
 * Source: Stripe, "Pending updates".
 */
function updateOncePaid(world: World, id: string, update: SubscriptionUpdate): Subscription {
  const isPaid = world.rehearse(() => {
    const last = world.get("subscription", id).latest_invoice;
    updateSubscription(world, id, { ...update, paymentBehavior: "allow_incomplete" });
    const { latest_invoice } = world.get("subscription", id);
    return (
      latest_invoice === last ||
      latest_invoice === null ||
      world.get("invoice", latest_invoice).status !== "open"
    );
  });
  if (isPaid) return updateSubscription(world, id, { ...update, paymentBehavior: "allow_incomplete" });
  replacePending(world, id);
  const before = world.get("subscription", id);
  const now = world.nowFor(before.customer);
  const at = update.prorationDate ?? now;
  const anchor = update.anchor === "now" ? now : null;
  const change: PendingChange = { changes: update.items ?? [], anchor };
  const { pairs, shown } = world.rehearse(() => {
    const changed = applyItems(world, id, { changes: change.changes, at: now, anchor });
    const items = itemsOf(world, world.get("subscription", id));
    return { pairs: changed, shown: items.map((item) => renderStored(world, item)) };
  });
  createProrations(world, id, { pairs, at });
  const invoice = updateInvoice(world, id, at);
  trackSubscription(world, id, () => {
    const current = world.get("subscription", id);
    const ends = itemsOf(world, current).map((item) => item.current_period_end);
    world.change("subscription", id, {
      pending_update: {
        billing_cycle_anchor: anchor,
        cancel_at_period_end: null,
        discount: null,
        discounts: null,
        expires_at: pendingUpdateExpiresAt({
          requestedAt: now,
          trialEnd: current.trial_end,
          periodEnds: ends,
        }),
        metadata: null,
        subscription_items: shown,
        trial_end: null,
        trial_from_plan: null,
      },
      hidden: { ...current.hidden, pendingInvoice: invoice.id, pendingChange: change },
    });
  });
  collectInvoice(world, invoice.id, { isOffSession: update.isOffSession ?? false });
  return world.get("subscription", id);
}

/** A new pending update takes the place of the one before. */
function replacePending(world: World, id: string): void {
  const { pendingInvoice } = world.get("subscription", id).hidden;
  if (pendingInvoice !== null) voidInvoice(world, pendingInvoice);
}

function announceNearTrialEnd(world: World, before: Subscription, id: string): void {
  const after = world.get("subscription", id);
  const endedEarly = before.status === "trialing" && after.status !== "trialing";
  if (endedEarly && before.hidden.trialNoticeFor !== before.trial_end) announceTrialEnd(world, id);
}
