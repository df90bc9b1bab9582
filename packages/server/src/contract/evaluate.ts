import { allows, type Entitlement, type EntitlementState, type FeatureType } from "./entitlement.js";
import { type Grant, type Instant, isDebt, isLive, nextResetAt, settle, toTime } from "./grant.js";
import type { EntitlementStep } from "./timeline.js";

export interface EvaluateInput {
  featureId: string;
  type: FeatureType;
  grants: readonly Grant<Instant>[];
  now: Date;
  /** How much the caller is about to use. Default 1. */
  required?: number;
}

/** What a stack of grants comes to at `now`. */
export function evaluateEntitlement({ featureId, type, grants, now, required }: EvaluateInput): Entitlement {
  const state = addUp({ type, stack: settle(grants, now), now });
  return { featureId, type, ...state, allowed: allows(state, required) };
}

/** How far a timeline reaches. */
const stepsAhead = 3;

/**
 * What a stack of grants comes to after `now`: the next three answers that differ from the one before. It ends, because a
 * renewal always differs, and every other instant is the only start or end of a grant.
 */
export function foreseeEntitlement({
  type,
  grants,
  now,
}: Omit<EvaluateInput, "required">): EntitlementStep[] {
  const steps: EntitlementStep[] = [];
  let stack = settle(grants, now);
  let last = addUp({ type, stack, now });
  let at: Date | null = now;
  while (steps.length < stepsAhead) {
    at = nextChangeAt({ type, stack, now: at });
    if (at === null) break;
    stack = settle(stack, at);
    const state = addUp({ type, stack, now: at });
    if (!isSame(state, last)) steps.push({ at, ...state });
    last = state;
  }
  return steps;
}

/** The next instant after `now` at which the stack may come to something else; null when never. */
export function nextChangeAt({ type, stack, now }: SettledStack): Date | null {
  const dates = stack.flatMap((grant) => [
    new Date(grant.startsAt),
    grant.expiresAt === null ? null : new Date(grant.expiresAt),
    type === "boolean" ? null : nextResetAt(grant, now),
  ]);
  return soonest(dates.filter((date) => date !== null && date > now));
}

interface SettledStack {
  type: FeatureType;
  /** Settled at `now`; what begins later is still in it. */
  stack: readonly Grant<Instant>[];
  now: Date;
}

function addUp({ type, stack, now }: SettledStack): EntitlementState {
  const live = stack.filter((grant) => isLive(grant, now));
  const granted = live.filter((grant) => !isDebt(grant));
  if (type === "boolean") return { allowed: granted.length > 0, ...nothingToCount };
  const unlimited = granted.some((grant) => grant.unlimited);
  const limit = sum(granted, (grant) => (grant.unlimited ? 0 : arrivedSoFar(grant)));
  const balance = sum(live, (grant) => (grant.unlimited ? 0 : grant.remaining));
  return {
    allowed: unlimited || balance > 0,
    balance: unlimited ? null : balance,
    limit: unlimited ? null : limit,
    usage: sum(live, (grant) => arrivedSoFar(grant) - grant.remaining),
    unlimited,
    nextResetAt: soonest(granted.map((grant) => nextResetAt(grant, now))),
  };
}

const nothingToCount = { balance: null, limit: null, usage: null, unlimited: false, nextResetAt: null };

function isSame(a: EntitlementState, b: EntitlementState): boolean {
  return (
    a.allowed === b.allowed &&
    a.balance === b.balance &&
    a.limit === b.limit &&
    a.usage === b.usage &&
    a.unlimited === b.unlimited &&
    a.nextResetAt?.getTime() === b.nextResetAt?.getTime()
  );
}

/** What was granted in the current period, or in all when it accumulates. */
function arrivedSoFar(grant: Grant<Instant>): number {
  return grant.accrued ?? grant.quantity;
}

function sum(grants: readonly Grant<Instant>[], of: (grant: Grant<Instant>) => number): number {
  return grants.reduce((total, grant) => total + of(grant), 0);
}

function soonest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((first, date) => {
    if (date === null) return first;
    return first === null || toTime(date) < toTime(first) ? date : first;
  }, null);
}
