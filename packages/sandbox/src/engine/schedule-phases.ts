import { addInterval, type Recurrence } from "./cadence.js";
import { DAY, type Instant, type Period } from "./instant.js";

/** How long a phase lasts: to an instant, for a duration, or (neither) for one interval of its price. */
export type PhaseLength = {
  endAt?: Instant | null;
  duration?: Recurrence | null;
  price: Recurrence;
};

/** The phases on the time line: each begins where the one before ends. */
export function layPhases(startAt: Instant, phases: readonly PhaseLength[]): Period[] {
  let start = startAt;
  return phases.map(({ endAt, duration, price }) => {
    const period = { start, end: endAt ?? addInterval(start, duration ?? price) };
    start = period.end;
    return period;
  });
}

/** The phase at an instant, by its index; null before the first and from the end of the last. */
export function phaseAt(phases: readonly Period[], at: Instant): number | null {
  const index = phases.findIndex(({ start, end }) => start <= at && at < end);
  return index === -1 ? null : index;
}

/**
 * When a schedule that is planned now tells that it will expire: 7 days before its last phase ends; null when less than that
 * is left.
 */
export function expiryNoticeAt(phases: readonly Period[], now: Instant): Instant | null {
  const end = phases.at(-1)?.end;
  return end !== undefined && end - 7 * DAY > now ? end - 7 * DAY : null;
}

/** What happens to the subscription when its last phase ends. */
export type EndBehavior = "release" | "cancel";

/** Where a schedule stands at an instant: waiting, in a phase, let go, or at its end with the subscription canceled. */
export function schedulePosition(
  phases: readonly Period[],
  endBehavior: EndBehavior,
  at: Instant,
): { status: "not_started" | "active" | "released" | "completed"; phase: number | null } {
  const phase = phaseAt(phases, at);
  if (phase !== null) return { status: "active", phase };
  const first = phases[0];
  if (first === undefined || at < first.start) return { status: "not_started", phase: null };
  return { status: endBehavior === "release" ? "released" : "completed", phase: null };
}

/** The date that a schedule sets as `cancel_at` of its subscription: only in the last phase, and only when it cancels. */
export function scheduledCancelAt(
  phases: readonly Period[],
  endBehavior: EndBehavior,
  at: Instant,
): Instant | null {
  const last = phases.length - 1;
  if (endBehavior !== "cancel" || phaseAt(phases, at) !== last) return null;
  return phases[last]?.end ?? null;
}
