import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.js";

/** An event that Stripe delivered, by its id, so that a repeat does nothing. */
export const event = pgTable(
  "paykit_event",
  {
    eventId: text("event_id").primaryKey(),
    customerId: text("customer_id"),
    type: text("type").notNull(),
    status: text("status").$type<"received" | "processed" | "failed">().notNull(),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    receivedAt: instant("received_at").notNull().defaultNow(),
    processedAt: instant("processed_at"),
  },
  (table) => [index("paykit_event_received_at").on(table.receivedAt)],
);
