import { sql } from "drizzle-orm";
import { bigint, boolean, index, json, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, integer53 } from "./columns.js";

export type LedgerKind = "use" | "grant" | "revoke" | "reserve" | "confirm" | "release";

/** What happened to a customer's quantities, oldest first by `entryId`. It explains balances and is never summed up. */
export const ledger = pgTable(
  "paykit_ledger",
  {
    customerId: text("customer_id").notNull(),
    entryId: bigint("entry_id", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    featureId: text("feature_id").notNull(),
    kind: text("kind").$type<LedgerKind>().notNull(),
    /** What was asked for: below 0 for a use, above for a grant. */
    amount: integer53("amount").notNull(),
    succeeded: boolean("succeeded").notNull(),
    /** Null while an unlimited grant is live. */
    balanceAfter: integer53("balance_after"),
    /** What an idempotency key was answered, to be answered again: see `database/record-use.ts`. */
    answer: json("answer").$type<unknown>(),
    reason: text("reason"),
    actor: text("actor"),
    idempotencyKey: text("idempotency_key"),
    at: instant("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.entryId] }),
    uniqueIndex("paykit_ledger_idempotency_key")
      .on(table.customerId, table.idempotencyKey)
      .where(sql`${table.idempotencyKey} is not null`),
    // Trimming the history by age reads in the order of writing, which BRIN covers at next to no cost per insert.
    index("paykit_ledger_at").using("brin", table.at),
  ],
);
