import type { SnapshotSubscription } from "@paykit/server/contract";
import type { Label } from "../provider/labels.js";

export interface SubscriptionMessage {
  label: Label;
  /** What `{date}` in the label is. */
  at?: Date | null;
}

/** What a customer has to know of a plan: that it has to be paid, or what comes next. Null for the default plan. */
export function messageOf(subscription: SnapshotSubscription): SubscriptionMessage | null {
  const { status, endsAt, scheduledPlanId, cancelAtPeriodEnd } = subscription;
  if (subscription.isDefault) return null;
  if (needsPayment(subscription)) return { label: "Payment failed" };
  if (status === "incomplete") return { label: "Waiting for payment" };
  if (status === "paused") return { label: "Paused" };
  if (endsAt && scheduledPlanId && !cancelAtPeriodEnd) return { label: "Changes on {date}", at: endsAt };
  if (endsAt) return { label: "Ends on {date}", at: endsAt };
  if (status === "trialing") return { label: "Trial ends on {date}", at: subscription.trialEnd };
  return { label: "Renews on {date}", at: subscription.currentPeriodEnd };
}

export function needsPayment({ status }: Pick<SnapshotSubscription, "status">): boolean {
  return status === "past_due" || status === "unpaid";
}
