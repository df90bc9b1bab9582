import { DAY, type Instant, type Period } from "./instant.js";

export type Interval = "day" | "week" | "month" | "year";

/** How often a price repeats: every `intervalCount` of `interval`. */
export type Recurrence = { interval: Interval; intervalCount: number };

/**
 * The beat of a subscription item. Boundaries are always counted from the anchor, never from the period before, so an
 * anchor on the 31st falls on 28 February and is back on 31 March.
 */
export type Cadence = Recurrence & {
  anchor: Instant;
  /** The day the months aim at, when the anchor itself was clamped (`billing_cycle_anchor_config.day_of_month`). */
  dayOfMonth?: number;
};

/** The boundary `count` periods after the anchor (before it, when negative), in UTC. */
export function boundary(cadence: Cadence, count: number): Instant {
  const steps = count * cadence.intervalCount;
  switch (cadence.interval) {
    case "day":
      return cadence.anchor + steps * DAY;
    case "week":
      return cadence.anchor + steps * 7 * DAY;
    case "month":
      return addMonths(cadence, steps);
    case "year":
      return addMonths(cadence, steps * 12);
  }
}

/** The period of the cadence that contains the instant. */
export function periodAt(cadence: Cadence, at: Instant): Period {
  const count = countAt(cadence, at);
  return { start: boundary(cadence, count), end: boundary(cadence, count + 1) };
}

/** One interval from an instant: how long a schedule phase, a trial month or a first period lasts. */
export function addInterval(from: Instant, recurrence: Recurrence): Instant {
  return boundary({ ...recurrence, anchor: from }, 1);
}

function countAt(cadence: Cadence, at: Instant): number {
  let count = Math.floor((at - cadence.anchor) / longestPeriod(cadence));
  while (boundary(cadence, count) > at) count -= 1;
  while (boundary(cadence, count + 1) <= at) count += 1;
  return count;
}

const LONGEST_DAYS = { day: 1, week: 7, month: 31, year: 366 } as const;

function longestPeriod({ interval, intervalCount }: Recurrence): number {
  return LONGEST_DAYS[interval] * intervalCount * DAY;
}

function addMonths({ anchor, dayOfMonth }: Cadence, months: number): Instant {
  const from = new Date(anchor * 1_000);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const day = Math.min(dayOfMonth ?? from.getUTCDate(), daysInMonth(year, month));
  const timeOfDay = ((anchor % DAY) + DAY) % DAY;
  return Date.UTC(year, month, day) / 1_000 + timeOfDay;
}

/** `month` counts from 0 and may lie outside 0..11. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
