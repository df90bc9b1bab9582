import { type SQL, sql } from "drizzle-orm";
import type { Grant, Repeat } from "../contract/index.js";

/** An instant in milliseconds since the epoch: what PostgreSQL writes and JavaScript reads with the least work. */
type Ms = number;

/**
 * A grant as one JSON array. One column per row instead of a dozen is what makes a read cheap: a driver describes and
 * parses every column of every answer.
 */
export type GrantTuple = readonly [
  quantity: number,
  remaining: number,
  accrued: number | null,
  settledAt: Ms,
  startsAt: Ms,
  expiresAt: Ms | null,
  repeatCount: number | null,
  repeatUnit: Repeat[1] | null,
  anchorAt: Ms | null,
  renewsUntil: Ms | null,
  renewsAt: Ms | null,
  unlimited: boolean,
];

/** Not `extract`, which computes in `numeric`; to the millisecond a double is exact for some 200,000 years. */
export function toMs(instant: SQL): SQL {
  return sql`(date_part('epoch', ${instant}) * 1000)::bigint`;
}

const ms = (column: string) => toMs(sql.raw(column));

/** The values of a `GrantTuple`, of a row that has the columns of the grant table. */
export const grantTuple: SQL = sql`quantity, remaining, accrued, ${ms("settled_at")}, ${ms("starts_at")}, ${ms("expires_at")},
  repeat_count, repeat_unit, ${ms("anchor_at")}, ${ms("renews_until")}, ${ms("renews_at")}, unlimited`;

export function toGrant(tuple: readonly [...GrantTuple, ...unknown[]]): Grant {
  const [quantity, remaining, accrued, settledAt, startsAt, expiresAt, count, unit] = tuple;
  return {
    quantity,
    remaining,
    accrued,
    settledAt: new Date(settledAt),
    startsAt: new Date(startsAt),
    expiresAt: toInstant(expiresAt),
    repeat: count === null || unit === null ? null : [count, unit],
    anchorAt: toInstant(tuple[8]),
    renewsUntil: toInstant(tuple[9]),
    renewsAt: toInstant(tuple[10]),
    unlimited: tuple[11],
  };
}

function toInstant(ms: Ms | null): Date | null {
  return ms === null ? null : new Date(ms);
}
