import type { Entitlement } from "../contract/index.js";

/** How much of a metered feature a customer has. */
export interface Balance {
  /** What was granted for the current periods; null when unlimited. */
  limit: number | null;
  /** What is left of it, below 0 when in debt; null when unlimited. */
  remaining: number | null;
  /** When some of it is renewed; null when none is. */
  resetAt: Date | null;
  unlimited: boolean;
}

export function toBalance({ limit, balance, nextResetAt, unlimited }: Entitlement): Balance {
  return { limit, remaining: balance, resetAt: nextResetAt, unlimited };
}
