import type { SnapshotSubscription } from "@paykit/server/contract";
import type { Label } from "../provider/labels.js";

/** What a customer has to know of a plan, and what `{date}` in it is: that it has to be paid, or what comes next. */
export type SubscriptionMessage = [label: Label, at?: Date | null];

/** Null for the default plan, of which there is nothing to know. */
export function messageOf(subscription: SnapshotSubscription): SubscriptionMessage | null {
  const { status, endsAt, scheduledPlanId, cancelAtPeriodEnd } = subscription;
  if (subscription.isDefault) return null;
  if (needsPayment(subscription)) return ["Payment failed"];
  if (status === "incomplete") return ["Waiting for payment"];
  if (status === "paused") return ["Paused"];
  if (endsAt) return [scheduledPlanId && !cancelAtPeriodEnd ? "Changes on {date}" : "Ends on {date}", endsAt];
  if (status === "trialing") return ["Trial ends on {date}", subscription.trialEnd];
  return ["Renews on {date}", subscription.currentPeriodEnd];
}

export function needsPayment({ status }: Pick<SnapshotSubscription, "status">): boolean {
  return status === "past_due" || status === "unpaid";
}
