import { HOUR, type Instant } from "./instant.js";

/** How long a renewal stays a draft before it is finalized and charged. */
export const DRAFT_SECONDS = HOUR;

/** How long a first payment may take, and a change or a resumption that waits for its payment. */
const INCOMPLETE_SECONDS = 23 * HOUR;

/** When an `incomplete` subscription becomes `incomplete_expired`. */
export function incompleteExpiresAt(createdAt: Instant): Instant {
  return createdAt + INCOMPLETE_SECONDS;
}

/** When a resumption that nobody has tried to pay for is given up. Source: Stripe, "Pause subscriptions". */
export function resumeExpiresAt(askedAt: Instant): Instant {
  return askedAt + INCOMPLETE_SECONDS;
}

/**
 * When a pending update lapses: after 23 hours, or at the trial's end or the end of the first period to end, if that is
 * sooner. Source: Stripe, "Pending updates".
 */
export function pendingUpdateExpiresAt({
  requestedAt,
  trialEnd,
  periodEnds,
}: {
  requestedAt: Instant;
  trialEnd: Instant | null;
  periodEnds: readonly Instant[];
}): Instant {
  const ahead = [...periodEnds, ...(trialEnd === null ? [] : [trialEnd])].filter((end) => end > requestedAt);
  return Math.min(requestedAt + INCOMPLETE_SECONDS, ...ahead);
}
