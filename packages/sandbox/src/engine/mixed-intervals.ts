import type { Recurrence } from "./cadence.js";

const DAYS = { day: 1, week: 7 } as const;
const MONTHS = { month: 1, year: 12 } as const;

/**
 * Whether prices may live on one subscription: every interval is a whole multiple of the shortest, counted in the same
 * unit. One month and one year may; one week and one month, or two and three months, may not.
 *
 * Source: Stripe, "Mixed interval subscriptions".
 */
export function areIntervalsCompatible(recurrences: readonly Recurrence[]): boolean {
  const inDays = recurrences.flatMap((one) => lengthIn(DAYS, one));
  const inMonths = recurrences.flatMap((one) => lengthIn(MONTHS, one));
  if (inDays.length > 0 && inMonths.length > 0) return false;
  const lengths = [...inDays, ...inMonths];
  const shortest = Math.min(...lengths);
  return lengths.every((length) => length % shortest === 0);
}

function lengthIn(
  units: Readonly<Record<string, number>>,
  { interval, intervalCount }: Recurrence,
): number[] {
  const unit = units[interval];
  return unit === undefined ? [] : [unit * intervalCount];
}
