import type { Grant } from "../src/contract/index.js";

export const utc = (text: string) => new Date(`${text}Z`);
export const begin = utc("2026-01-31T00:00:00");

/** A grant of 100 that begins on 31 January and never ends; `given` says what is different. */
export function grantOf(given: Partial<Grant>): Grant {
  const startsAt = given.startsAt ?? begin;
  return {
    quantity: 100,
    remaining: given.quantity ?? 100,
    accrued: null,
    settledAt: startsAt,
    startsAt,
    expiresAt: null,
    repeat: null,
    anchorAt: given.repeat ? startsAt : null,
    renewsUntil: null,
    unlimited: false,
    ...given,
  };
}

export const monthly = (given: Partial<Grant> = {}) => grantOf({ repeat: [1, "month"], ...given });
export const debtOf = (owed: number): Grant => grantOf({ quantity: 0, remaining: -owed });
