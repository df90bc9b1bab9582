/** A length of the calendar: `[1, "month"]`, `[2, "week"]`. */
export type Repeat = readonly [count: number, unit: "day" | "week" | "month" | "year"];

/** A span of time: `start` belongs to it, `end` does not. */
export interface Period {
  start: Date;
  end: Date;
}

const dayMs = 86_400_000;

/**
 * The instant `index` periods after `anchor` (before it, when negative), in UTC. Months keep the anchor's day and are cut
 * to the last day of a shorter month without drifting: 31 January, 28 February, 31 March. Stripe bills the same way
 * (Stripe: "Set the subscription billing renewal date").
 */
export function addPeriods(anchor: Date, [count, unit]: Repeat, index: number): Date {
  if (unit === "day" || unit === "week") {
    return new Date(anchor.getTime() + index * count * (unit === "week" ? 7 : 1) * dayMs);
  }
  const month = anchor.getUTCMonth() + index * count * (unit === "year" ? 12 : 1);
  const lastDay = new Date(Date.UTC(anchor.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const start = Date.UTC(anchor.getUTCFullYear(), month, Math.min(anchor.getUTCDate(), lastDay));
  const timeOfDay = ((anchor.getTime() % dayMs) + dayMs) % dayMs;
  return new Date(start + timeOfDay);
}

/** Which period counted from `anchor` holds `at`: 0 begins at the anchor, -1 ends there. */
export function periodIndexAt(anchor: Date, repeat: Repeat, at: Date): number {
  const index = estimateIndex(anchor, repeat, at);
  // A month is entered at the anchor's day and time, which the estimate does not look at.
  return addPeriods(anchor, repeat, index) > at ? index - 1 : index;
}

/** The period that `at` lies in, counted from `anchor`, which may lie on either side of it. */
export function periodAt(anchor: Date, repeat: Repeat, at: Date): Period {
  const index = periodIndexAt(anchor, repeat, at);
  return { start: addPeriods(anchor, repeat, index), end: addPeriods(anchor, repeat, index + 1) };
}

function estimateIndex(anchor: Date, [count, unit]: Repeat, at: Date): number {
  if (unit === "day" || unit === "week") {
    return Math.floor((at.getTime() - anchor.getTime()) / (count * (unit === "week" ? 7 : 1) * dayMs));
  }
  const months =
    (at.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + at.getUTCMonth() - anchor.getUTCMonth();
  return Math.floor(months / (count * (unit === "year" ? 12 : 1)));
}
