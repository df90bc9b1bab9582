/** A point in time as Stripe writes it: whole seconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A span of time, `start` included and `end` excluded. */
export type Period = { start: Instant; end: Instant };

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

export function lengthOf({ start, end }: Period): number {
  return end - start;
}
