import type { BilledSubscription } from "./billed.js";
import { earliest } from "./span.js";
import { hasEnded, isGiving } from "./status.js";

const hourMs = 3_600_000;
/** A new period's invoice is drawn up at once and collected an hour later (Stripe: "Subscription invoices"). */
const usualDelayMs = 2 * hourMs;
const dayMs = 24 * hourMs;

export interface Expecting {
  subscriptions: readonly BilledSubscription[];
  /** Until when each checkout page that nobody is known to have paid on can be paid on. */
  pagesExpireAt: readonly (Date | null)[];
  now: Date;
}

/**
 * When the next news of a customer must have come from Stripe, as things stand at `now`; null when nothing is expected.
 * Whoever has heard nothing by then has missed it, and has to ask.
 */
export function newsDueAt({ subscriptions, pagesExpireAt, now }: Expecting): Date | null {
  const isPayable = pagesExpireAt.some((expiresAt) => expiresAt !== null && expiresAt > now);
  const due = earliest([
    ...subscriptions.flatMap((subscription) => expected(subscription, now)),
    isPayable ? now : null,
  ]);
  // What should have happened and has not: Stripe is late, and need not be asked all the time.
  return due === null ? null : new Date(Math.max(due.getTime(), now.getTime() + hourMs));
}

function expected(subscription: BilledSubscription, now: Date): (Date | null)[] {
  const { status, items, cancelAt, schedule, openInvoice } = subscription;
  if (hasEnded(status) || status === "paused") return [];
  // The first payment is confirmed or given up within a day.
  if (status === "incomplete") return [now];
  const boundaries = [
    ...items.map(({ currentPeriodEnd }) => currentPeriodEnd),
    cancelAt,
    schedule?.next?.startsAt,
  ];
  const isOwing = !isGiving(status) || status === "past_due" || openInvoice?.isAttempted === true;
  return [
    ...boundaries.map((instant) => later(instant ?? null, usualDelayMs)),
    openInvoice?.isAttempted === false ? later(openInvoice.createdAt, usualDelayMs) : null,
    // Somebody may pay at any time.
    isOwing ? later(now, dayMs) : null,
  ];
}

function later(instant: Date | null, ms: number): Date | null {
  return instant === null ? null : new Date(instant.getTime() + ms);
}
