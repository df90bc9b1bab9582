import { type SQL, sql } from "drizzle-orm";
import type { Grant, Repeat } from "../contract/index.js";

/**
 * A grant as one JSON array. One column per row instead of a dozen is what makes a read cheap: a driver describes and
 * parses every column of every answer.
 */
export type GrantTuple = readonly [
  quantity: number,
  remaining: number,
  accrued: number | null,
  settledAt: string,
  startsAt: string,
  expiresAt: string | null,
  repeatCount: number | null,
  repeatUnit: Repeat[1] | null,
  anchorAt: string | null,
  renewsUntil: string | null,
  unlimited: boolean,
];

/** The values of a `GrantTuple`, of a row that has the columns of the grant table. */
export const grantTuple: SQL = sql.raw(
  "quantity, remaining, accrued, settled_at, starts_at, expires_at, repeat_count, repeat_unit, anchor_at, renews_until, unlimited",
);

export function toGrant(tuple: GrantTuple): Grant {
  const [quantity, remaining, accrued, settledAt, startsAt, expiresAt, count, unit, anchorAt] = tuple;
  return {
    quantity,
    remaining,
    accrued,
    settledAt: new Date(settledAt),
    startsAt: new Date(startsAt),
    expiresAt: toInstant(expiresAt),
    repeat: count === null || unit === null ? null : [count, unit],
    anchorAt: toInstant(anchorAt),
    renewsUntil: toInstant(tuple[9]),
    unlimited: tuple[10],
  };
}

export function toInstant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
