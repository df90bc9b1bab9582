import { type SQL, sql } from "drizzle-orm";
import type { Grant, Repeat } from "../contract/index.js";
import type { TextRow } from "./statement.js";

/** The columns that a grant is evaluated from, in the order in which `toGrant` reads them. */
export const stackColumns = [
  "quantity",
  "remaining",
  "accrued",
  "settled_at",
  "starts_at",
  "expires_at",
  "repeat_count",
  "repeat_unit",
  "anchor_at",
  "renews_until",
  "unlimited",
] as const;

export const stackColumnList: SQL = sql.raw(stackColumns.join(", "));

/** Reads a grant from the text of `stackColumns`, which begin at `from`. */
export function toGrant(row: TextRow, from: number): Grant {
  const [count, unit] = [row[from + 6] ?? null, row[from + 7] ?? null];
  return {
    quantity: Number(row[from]),
    remaining: Number(row[from + 1]),
    accrued: toNumber(row[from + 2]),
    settledAt: toInstant(row[from + 3]),
    startsAt: toInstant(row[from + 4]),
    expiresAt: toInstantOrNull(row[from + 5]),
    repeat: count === null ? null : [Number(count), unit as Repeat[1]],
    anchorAt: toInstantOrNull(row[from + 8]),
    renewsUntil: toInstantOrNull(row[from + 9]),
    unlimited: row[from + 10] === "t",
  };
}

function toNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}

export function toInstant(text: string | null | undefined): Date {
  return new Date(text ?? Number.NaN);
}

function toInstantOrNull(text: string | null | undefined): Date | null {
  return text === null || text === undefined ? null : new Date(text);
}
