import type { Instant, Period } from "./instant.js";

/** The words that `cancel_at` takes besides an instant. */
export type CancelAtWord = "min_period_end" | "max_period_end" | "max_billed_until";

/**
 * The instant that a `cancel_at` means now. It is resolved once and does not move when the periods do.
 *
 * Source: Stripe, "Cancel subscriptions" and the parameter `cancel_at`.
 */
export function resolveCancelAt(
  cancelAt: Instant | CancelAtWord,
  items: readonly { period: Period; billedUntil?: Instant | null }[],
): Instant {
  if (typeof cancelAt === "number") return cancelAt;
  const ends = items.map(({ period }) => period.end);
  if (cancelAt === "min_period_end") return Math.min(...ends);
  if (cancelAt === "max_period_end") return Math.max(...ends);
  return Math.max(...items.map(({ period, billedUntil }) => billedUntil ?? period.end));
}

/** A period that a cancellation inside it cuts short. */
export function clipPeriod(period: Period, cancelAt: Instant | null): Period {
  if (cancelAt === null || cancelAt <= period.start || cancelAt >= period.end) return period;
  return { start: period.start, end: cancelAt };
}
