import type { Instant } from "./grant.js";

export type FeatureType = "boolean" | "metered";

/** What a customer may do with one feature, for as long as nothing changes. */
export interface EntitlementState<I extends Instant = Date> {
  /** Whether 1 of it may be used. */
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

/** What a customer may do with one feature, at the instant it was evaluated for. */
export interface Entitlement<I extends Instant = Date> extends EntitlementState<I> {
  featureId: string;
  type: FeatureType;
}

/**
 * The one rule that allows or denies: of a feature that is counted, as much as is required has to be left. The server's
 * `check`, the snapshot and `useEntitlement` all ask this function, so that they cannot disagree.
 */
export function allows({ allowed, balance }: EntitlementState<Instant>, required = 1): boolean {
  return balance === null ? allowed : balance >= required;
}
