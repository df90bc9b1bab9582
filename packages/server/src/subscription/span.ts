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

/** Stripe may take 72 hours before it first asks for the money of a renewal (Stripe: "Subscription invoices"). */
const collectionDays = 4;

/**
 * When a line gives what its plan includes, as far as is known now; null when it gives nothing. The future is in it: the
 * end that it is set to, the last day of dunning, the end of a trial that nobody will pay for, and the day on which the
 * next payment must have been heard of.
 */
export function spanOf(
  line: Pick<PlanLine, "subscription" | "item">,
  { dunningDays, hasCard }: SpanRules,
): Span | null {
  const { subscription } = line;
  if (!isGiving(subscription.status)) return null;
  const until = earliest([
    endOf(subscription, hasCard),
    subscription.status === "past_due"
      ? dunningEnd(subscription, dunningDays)
      : addDays(paidUntil(line), Math.max(dunningDays, collectionDays)),
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

/** The last instant that is known to be paid for: a period that has just begun is not, before its invoice is collected. */
function paidUntil({ subscription, item }: Pick<PlanLine, "subscription" | "item">): Date {
  const { openInvoice } = subscription;
  return openInvoice === null || openInvoice.isAttempted ? item.currentPeriodEnd : openInvoice.createdAt;
}

/** What was not paid since then has had its days of grace; without an open invoice the unpaid period is the current one. */
function dunningEnd({ unpaidSince, items }: BilledSubscription, dunningDays: number): Date | null {
  const since = unpaidSince ?? earliest(items.map((item: BilledItem) => item.currentPeriodStart));
  return since === null ? null : addDays(since, dunningDays);
}

function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs);
}

export function earliest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((first, date) => {
    if (date === null) return first;
    return first === null || date < first ? date : first;
  }, null);
}
