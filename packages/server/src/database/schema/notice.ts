import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, integer53 } from "./columns.js";

/**
 * What the app is to be told, written in the transaction that made it true and delivered after the commit. `noticeId` says
 * what it is about, so that the same thing is told once.
 */
export const notice = pgTable(
  "paykit_notice",
  {
    customerId: text("customer_id").notNull(),
    noticeId: text("notice_id").notNull(),
    sequence: integer53("sequence").notNull().generatedAlwaysAsIdentity(),
    type: text("type").notNull(),
    facts: jsonb("facts").$type<Record<string, unknown>>().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Until then one process is delivering it. */
    claimedUntil: instant("claimed_until"),
    deliveredAt: instant("delivered_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.noticeId] }),
    index("paykit_notice_delivered_at").on(table.deliveredAt),
  ],
);
