import type { Instant, Period } from "../engine/instant.js";
import { expiryNoticeAt } from "../engine/schedule-phases.js";
import type { Phase, SubscriptionSchedule } from "../world/objects/schedule.js";

/** The phases of a schedule as spans of time. */
export function periodsOf(phases: readonly Phase[]): Period[] {
  return phases.map(({ start_date, end_date }) => ({ start: start_date, end: end_date }));
}

/** What a schedule takes over when its phases are laid or laid anew: with them goes when it tells of its end. */
export function planOf(
  phases: readonly Phase[],
  now: Instant,
): Pick<SubscriptionSchedule, "phases" | "hidden"> {
  return { phases, hidden: { expiryNoticeAt: expiryNoticeAt(periodsOf(phases), now) } };
}
