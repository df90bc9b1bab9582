import { bigint, timestamp } from "drizzle-orm/pg-core";

/** An instant to the millisecond, as JavaScript has it, so that a value read and written again stays the same. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** An integer up to 2^53 - 1. */
export const integer53 = (name: string) => bigint(name, { mode: "number" });
