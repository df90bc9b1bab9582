import { PayKitError } from "../contract/index.js";

const minuteMs = 60_000;
const quoteMs = 3_600_000;

export interface ProrationInput {
  /** The customer's time. */
  now: Date;
  /** When the period began that is paid for. */
  periodStart: Date;
  /** What a preview said; undefined when none was asked. */
  quotedAt: Date | undefined;
}

/**
 * As of when unused time is counted. With what the preview said the invoice comes to the same cent, however long the person
 * looked at it; without it both count from the beginning of the minute. Errors: QUOTE_EXPIRED.
 */
export function prorationDate({ now, periodStart, quotedAt }: ProrationInput): Date {
  if (quotedAt === undefined) {
    const minute = Math.floor(now.getTime() / minuteMs) * minuteMs;
    return new Date(Math.max(minute, periodStart.getTime()));
  }
  const age = now.getTime() - quotedAt.getTime();
  if (age >= 0 && age <= quoteMs && quotedAt >= periodStart) return quotedAt;
  throw new PayKitError(
    "QUOTE_EXPIRED",
    "The preview is older than an hour, or a new period has begun since. Ask for another one.",
  );
}
