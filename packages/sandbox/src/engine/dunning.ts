import { DAY, HOUR, type Instant } from "./instant.js";

/** What becomes of a subscription after the last failed attempt. */
export type DunningEnd = "cancel" | "unpaid" | "past_due" | "pause";

/** When a failed renewal is tried again: seconds after the attempt before, one entry per retry. */
export type DunningPolicy = { retryDelays: readonly number[]; end: DunningEnd };

/**
 * Stripe's recommended default is 8 tries within 2 weeks at moments it learns by itself; here they are spread evenly,
 * one every 42 hours. Source: Stripe, "Smart Retries".
 */
export const SMART_RETRIES: DunningPolicy = { retryDelays: Array(8).fill(42 * HOUR), end: "cancel" };

/** A custom schedule: each retry a number of days after the one before. Source: the same page; at most three. */
export function customRetries(days: readonly number[], end: DunningEnd = "cancel"): DunningPolicy {
  return { retryDelays: days.map((day) => day * DAY), end };
}

/** When the next attempt is due after `attempts` failed ones, the last of them at `failedAt`; null after the last. */
export function nextAttemptAt({
  policy,
  attempts,
  failedAt,
}: {
  policy: DunningPolicy;
  attempts: number;
  failedAt: Instant;
}): Instant | null {
  const delay = policy.retryDelays[attempts - 1];
  return delay === undefined ? null : failedAt + delay;
}

const HARD_DECLINES = new Set([
  "incorrect_number",
  "lost_card",
  "pickup_card",
  "stolen_card",
  "revocation_of_authorization",
  "revocation_of_all_authorizations",
  "authentication_required",
  "highest_risk_level",
  "transaction_not_allowed",
]);

/** Whether a decline is final for this payment method: the retry is counted, but no charge is made. */
export function isHardDecline(code: string | null): boolean {
  return code !== null && HARD_DECLINES.has(code);
}
