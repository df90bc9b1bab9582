import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, integer53 } from "./columns.js";

/** A checkout session that PayKit opened at Stripe. */
export const checkout = pgTable(
  "paykit_checkout",
  {
    customerId: text("customer_id").notNull(),
    sessionId: text("session_id").notNull(),
    kind: text("kind").$type<"plan" | "product">().notNull(),
    productId: text("product_id").notNull(),
    version: text("version").notNull(),
    quantity: integer53("quantity").notNull().default(1),
    intervalCount: integer("interval_count"),
    intervalUnit: text("interval_unit").$type<"day" | "week" | "month" | "year">(),
    url: text("url"),
    status: text("status").$type<"open" | "complete" | "expired">().notNull(),
    idempotencyKey: text("idempotency_key"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.sessionId] }),
    index("paykit_checkout_session").on(table.sessionId),
  ],
);
