import { incompleteExpiresAt, resumeExpiresAt } from "../engine/deadlines.js";
import { DAY, type Instant } from "../engine/instant.js";
import { decideTrialEnd, trialWillEndAt } from "../engine/trial.js";
import type { Subscription } from "../world/objects/subscription.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { cancelNow, expireIncomplete } from "./cancel-subscription.js";
import { voidInvoice } from "./close-invoice.js";
import { pauseNow } from "./pause-subscription.js";
import { renewSubscription } from "./renew-subscription.js";
import { itemsOf, trackSubscription } from "./track-subscription.js";

/** One thing that a subscription does by itself at its time. */
type Step = { at: Instant; run: (world: World, id: string) => void };

const RUNNING: readonly Subscription["status"][] = ["trialing", "active", "past_due", "unpaid"];

/** When a subscription next does something by itself. */
export function subscriptionDueAt(world: World, subscription: Subscription): Instant | null {
  const steps = stepsOf(world, subscription);
  return steps.length === 0 ? null : Math.min(...steps.map(({ at }) => at));
}

/** Does the first thing that is due; the rest comes due again. */
export function runSubscriptionDue(world: World, id: string): void {
  const subscription = world.get("subscription", id);
  const now = world.nowFor(subscription.customer);
  stepsOf(world, subscription)
    .find(({ at }) => at <= now)
    ?.run(world, id);
}

/** In the order in which they go first when they fall on the same instant. */
function stepsOf(world: World, subscription: Subscription): Step[] {
  const { status, cancel_at, trial_end, pause_collection, pending_update, hidden, created } = subscription;
  const steps: (Step | null)[] = [];
  if (status === "incomplete") {
    steps.push({ at: incompleteExpiresAt(created), run: (world, id) => void expireIncomplete(world, id) });
  }
  if (status === "paused" && hidden.resumption !== null) {
    const { created: asked, attempted } = world.get("invoice", hidden.resumption.invoice);
    if (!attempted) steps.push({ at: resumeExpiresAt(asked), run: giveUpResuming });
  }
  if (RUNNING.includes(status)) {
    const ends = itemsOf(world, subscription).map((item) => item.current_period_end);
    const periodEnd = ends.length === 0 ? null : Math.min(...ends);
    steps.push(
      pending_update ? { at: pending_update.expires_at, run: lapse } : null,
      cancel_at === null ? null : { at: cancel_at, run: end },
      pause_collection?.resumes_at ? { at: pause_collection.resumes_at, run: unpauseCollection } : null,
      status === "trialing" && trial_end !== null && hidden.trialNoticeFor !== trial_end
        ? { at: trialWillEndAt({ startAt: created, endAt: trial_end }), run: announceTrialEnd }
        : null,
      periodEnd === null ? null : { at: periodEnd, run: status === "trialing" ? endTrial : renew },
      periodEnd === null ? null : upcomingNotice(world, subscription, periodEnd),
    );
  }
  return steps.filter((step) => step !== null);
}

function upcomingNotice(world: World, subscription: Subscription, periodEnd: Instant): Step | null {
  const days = world.settings.upcomingInvoiceDays;
  if (days === 0 || subscription.hidden.upcomingNoticeFor === periodEnd) return null;
  if (subscription.collection_method !== "charge_automatically" || subscription.cancel_at === periodEnd)
    return null;
  const at = periodEnd - days * DAY;
  // A period shorter than the notice has no upcoming invoice to tell of.
  const starts = itemsOf(world, subscription).map((item) => item.current_period_start);
  return at > Math.max(...starts) ? { at, run: announceUpcoming } : null;
}

function renew(world: World, id: string): void {
  renewSubscription(world, id);
}

function end(world: World, id: string): void {
  cancelNow(world, id, { reason: "cancellation_requested", invoiceNow: true });
}

function endTrial(world: World, id: string): void {
  const subscription = world.get("subscription", id);
  const { missing_payment_method: missingPaymentMethod } = subscription.trial_settings.end_behavior;
  const method =
    subscription.default_payment_method ??
    world.get("customer", subscription.customer).invoice_settings.default_payment_method;
  const hasPaymentMethod = method !== null || subscription.collection_method === "send_invoice";
  switch (decideTrialEnd({ hasPaymentMethod, missingPaymentMethod })) {
    case "cancel":
      cancelNow(world, id, { reason: null });
      return;
    case "pause":
      pauseNow(world, id, "trial_end_without_payment_method");
      return;
    case "invoice":
      renewSubscription(world, id);
  }
}

function lapse(world: World, id: string): void {
  const { pendingInvoice } = world.get("subscription", id).hidden;
  if (pendingInvoice !== null) voidInvoice(world, pendingInvoice);
}

/** Nobody has tried to pay for the resumption: its invoice is void, and the subscription stays paused. */
function giveUpResuming(world: World, id: string): void {
  const { resumption } = world.get("subscription", id).hidden;
  if (resumption !== null) voidInvoice(world, resumption.invoice);
}

function unpauseCollection(world: World, id: string): void {
  trackSubscription(world, id, () => world.change("subscription", id, { pause_collection: null }));
}

/** `customer.subscription.trial_will_end`, once for each end. */
export function announceTrialEnd(world: World, id: string): void {
  const { hidden, trial_end } = world.get("subscription", id);
  world.emit(
    "customer.subscription.trial_will_end",
    world.change("subscription", id, { hidden: { ...hidden, trialNoticeFor: trial_end } }),
  );
}

/** Tells of the next invoice by making it at its time, and taking it back. */
function announceUpcoming(world: World, id: string): void {
  const subscription = world.get("subscription", id);
  const periodEnd = Math.min(...itemsOf(world, subscription).map((item) => item.current_period_end));
  world.change("subscription", id, { hidden: { ...subscription.hidden, upcomingNoticeFor: periodEnd } });
  const upcoming = world.rehearse(() =>
    world.at(world.timelineOf(subscription.customer), periodEnd, () => {
      const { id: _, ...invoice } = renderStored(world, world.get("invoice", renewSubscription(world, id)));
      return invoice;
    }),
  );
  world.emitData(
    "invoice.upcoming",
    { ...upcoming, billing_reason: "upcoming" },
    { customer: subscription.customer },
  );
}
