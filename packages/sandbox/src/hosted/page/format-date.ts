import type { Instant } from "../../engine/instant.js";

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const MINUTE = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** `6 December 2026`, in UTC as all of billing is. */
export function formatDay(at: Instant): string {
  return DAY.format(at * 1_000);
}

/** `6 Dec 2026, 14:05`, in UTC. */
export function formatMinute(at: Instant): string {
  return MINUTE.format(at * 1_000);
}
