import { allows, type Entitlement, type EntitlementState } from "./entitlement.js";
import type { Instant } from "./grant.js";

/** What an entitlement becomes at `at`, as things stand. */
export interface EntitlementStep<I extends Instant = Date> extends EntitlementState<I> {
  at: I;
}

/** An entitlement as it is, and what it becomes next, so that a page left open stays right as time passes. */
export interface SnapshotEntitlement<I extends Instant = Date> extends Entitlement<I> {
  /** The feature's name. */
  name: string;
  /** Soonest first, only where the answer changes, and at most three: whoever comes to a step asks again. */
  upcoming: EntitlementStep<I>[];
}

/** What a timeline says at `now`, which is not before it was made, to somebody about to use `required`. */
export function entitlementAt<I extends Instant>(
  timeline: SnapshotEntitlement<I>,
  now: I,
  required?: number,
): Omit<SnapshotEntitlement<I>, "upcoming"> {
  const step = timeline.upcoming.findLast(({ at }) => at <= now);
  const { upcoming: _, at: __, ...answer } = { ...timeline, ...step };
  return { ...answer, allowed: allows(answer, required) };
}
