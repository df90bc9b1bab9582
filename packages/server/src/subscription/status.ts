import type { SubscriptionStatus } from "../contract/index.js";

/**
 * Statuses of a subscription that still exists at Stripe and may become, or is, worth something
 * (Stripe: "Subscription statuses").
 */
const openStatuses: ReadonlySet<SubscriptionStatus> = new Set([
  "active",
  "trialing",
  "past_due",
  "unpaid",
  "paused",
  "incomplete",
]);

export function hasEnded(status: SubscriptionStatus): boolean {
  return !openStatuses.has(status);
}

/** Whether the status gives what the plan includes. `past_due` does for the days of dunning only. */
export function isGiving(status: SubscriptionStatus): boolean {
  return status === "active" || status === "trialing" || status === "past_due";
}
