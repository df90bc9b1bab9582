import { type Grant, type Instant, isDebt, isLive, nextResetAt, settle, toTime } from "./grant.js";

export type FeatureType = "boolean" | "metered";

/** What a customer may do with one feature, at the instant it was evaluated for. */
export interface Entitlement<I extends Instant = Date> {
  featureId: string;
  type: FeatureType;
  allowed: boolean;
  /** What is left over the whole stack of grants, below 0 when in debt; null for a boolean or unlimited feature. */
  balance: number | null;
  /** The sum of what was granted for the current periods; null for a boolean or unlimited feature. */
  limit: number | null;
  /** What was used of it in the current periods; null for a boolean feature. */
  usage: number | null;
  unlimited: boolean;
  /** The next instant at which some of it is renewed; null when none is. */
  nextResetAt: I | null;
}

export interface EvaluateInput {
  featureId: string;
  type: FeatureType;
  grants: readonly Grant<Instant>[];
  now: Date;
  /** How much the caller is about to use. Default 1. */
  required?: number;
}

/**
 * The one rule that allows or denies. The server's `check`, the snapshot and `useEntitlement` all ask this function, so
 * that they cannot disagree.
 */
export function evaluateEntitlement({
  featureId,
  type,
  grants,
  now,
  required = 1,
}: EvaluateInput): Entitlement {
  const live = settle(grants, now).filter((grant) => isLive(grant, now));
  const granted = live.filter((grant) => !isDebt(grant));
  if (type === "boolean") {
    return { featureId, type, allowed: granted.length > 0, ...nothingToCount };
  }
  const unlimited = granted.some((grant) => grant.unlimited);
  const limit = sum(granted, (grant) => (grant.unlimited ? 0 : arrivedSoFar(grant)));
  const balance = sum(live, (grant) => (grant.unlimited ? 0 : grant.remaining));
  const usage = sum(live, (grant) => arrivedSoFar(grant) - grant.remaining);
  return {
    featureId,
    type,
    allowed: unlimited || balance >= required,
    balance: unlimited ? null : balance,
    limit: unlimited ? null : limit,
    usage,
    unlimited,
    nextResetAt: soonest(granted.map((grant) => nextResetAt(grant, now))),
  };
}

/** The next instant after `now` at which evaluating these grants may give another answer; null when never. */
export function nextChangeAt(grants: readonly Grant<Instant>[], now: Date): Date | null {
  const dates = grants.flatMap((grant) => [
    new Date(grant.startsAt),
    grant.expiresAt === null ? null : new Date(grant.expiresAt),
    nextResetAt(grant, now),
  ]);
  return soonest(dates.filter((date) => date !== null && date > now));
}

const nothingToCount = { balance: null, limit: null, usage: null, unlimited: false, nextResetAt: null };

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
