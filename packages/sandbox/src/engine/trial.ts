import { DAY, type Instant } from "./instant.js";

/** `trial_settings.end_behavior.missing_payment_method`. */
export type MissingPaymentMethod = "cancel" | "create_invoice" | "pause";

/** When a trial of whole days ends. */
export function trialEnd(startAt: Instant, trialDays: number): Instant {
  return startAt + trialDays * DAY;
}

/** When `customer.subscription.trial_will_end` is sent: three days before, at once when less is left. */
export function trialWillEndAt({ startAt, endAt }: { startAt: Instant; endAt: Instant }): Instant {
  return Math.max(startAt, endAt - 3 * DAY);
}

/** What happens when a trial runs out: the first real invoice, or the end, or a pause. */
export function decideTrialEnd({
  hasPaymentMethod,
  missingPaymentMethod,
}: {
  hasPaymentMethod: boolean;
  missingPaymentMethod: MissingPaymentMethod;
}): "invoice" | "cancel" | "pause" {
  if (hasPaymentMethod || missingPaymentMethod === "create_invoice") return "invoice";
  return missingPaymentMethod;
}
