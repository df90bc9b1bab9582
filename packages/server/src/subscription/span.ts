import type { BilledItem, BilledSubscription } from "./billed.js";
import type { PlanLine } from "./plan-lines.js";
import { isGiving } from "./status.js";

/** When a plan counts: `from` belongs to it, `until` does not; null is open-ended. */
export interface Span {
  from: Date;
  until: Date | null;
}

export interface SpanRules {
  /** How long what is not paid goes on being given. */
  dunningDays: number;
  /** Whether the customer has a card on file. */
  hasCard: boolean;
}

const dayMs = 86_400_000;

/**
 * When a subscription gives what its plans include, as far as is known now; null when it gives nothing. The future is in
 * it: the end that it is set to, the last day of dunning, the end of a trial that nobody will pay for.
 */
export function spanOf(
  { subscription }: Pick<PlanLine, "subscription" | "item">,
  { dunningDays, hasCard }: SpanRules,
): Span | null {
  if (!isGiving(subscription.status)) return null;
  const until = earliest([
    endOf(subscription, hasCard),
    subscription.status === "past_due" ? dunningEnd(subscription, dunningDays) : null,
  ]);
  const span = { from: subscription.trialStart ?? subscription.createdAt, until };
  return until !== null && until <= span.from ? null : span;
}

/** When the subscription ends, as things stand: as it was told to, or with a trial that nobody will pay on from. */
export function endOf(subscription: BilledSubscription, hasCard: boolean): Date | null {
  return earliest([
    subscription.cancelAt,
    isTrialUnpayable(subscription, hasCard) ? subscription.trialEnd : null,
  ]);
}

function isTrialUnpayable({ status, endsWithoutCard }: BilledSubscription, hasCard: boolean): boolean {
  return status === "trialing" && endsWithoutCard && !hasCard;
}

/** What was not paid since then has had its days of grace; without an open invoice the unpaid period is the current one. */
export function dunningEnd({ unpaidSince, items }: BilledSubscription, dunningDays: number): Date | null {
  const since = unpaidSince ?? earliest(items.map((item: BilledItem) => item.currentPeriodStart));
  return since === null ? null : new Date(since.getTime() + dunningDays * dayMs);
}

export function earliest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((first, date) => {
    if (date === null) return first;
    return first === null || date < first ? date : first;
  }, null);
}
