import { daysInMonth, type Recurrence } from "./cadence.js";
import type { Instant } from "./instant.js";

/** `billing_cycle_anchor_config`: when full periods are to begin. What is left out is as at creation. */
export type AnchorConfig = {
  dayOfMonth: number;
  /** 1 to 12. */
  month?: number | null;
  hour?: number | null;
  minute?: number | null;
  second?: number | null;
};

/**
 * The first instant at or after `createdAt` that matches the configuration. With a `month` and a price of fewer than 12
 * months, every month that lies whole periods away from it counts, so that the first, partial period is never longer
 * than a full one.
 *
 * Source: Stripe, "Billing cycle" (day of month clamps to the last day; only monthly and yearly prices).
 */
export function nextAnchor(config: AnchorConfig, createdAt: Instant, recurrence: Recurrence): Instant {
  const created = new Date(createdAt * 1_000);
  const hour = config.hour ?? created.getUTCHours();
  const minute = config.minute ?? created.getUTCMinutes();
  const second = config.second ?? created.getUTCSeconds();
  const every = monthsOf(recurrence);
  for (let month = created.getUTCMonth(); ; month += 1) {
    if (!isCandidate(config.month, month, every)) continue;
    const day = Math.min(config.dayOfMonth, daysInMonth(created.getUTCFullYear(), month));
    const at = Date.UTC(created.getUTCFullYear(), month, day, hour, minute, second) / 1_000;
    if (at >= createdAt) return at;
  }
}

function isCandidate(wanted: number | null | undefined, month: number, every: number): boolean {
  if (wanted === null || wanted === undefined) return true;
  return (((month - (wanted - 1)) % every) + every) % every === 0;
}

function monthsOf({ interval, intervalCount }: Recurrence): number {
  return interval === "year" ? 12 * intervalCount : intervalCount;
}
