import type { ErrorCode } from "../contract/index.js";

/** Whether going on to the next customer is of no use: nobody can be read at Stripe, or written, right now. */
export function endsRound(code: ErrorCode): boolean {
  return code === "STRIPE_UNAVAILABLE" || code === "STRIPE_RATE_LIMITED" || code === "DATABASE_UNAVAILABLE";
}
