import { index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.js";

/** An event of Stripe's that was processed, by its id, so that a repeat does nothing. */
export const event = pgTable(
  "paykit_event",
  {
    eventId: text("event_id").primaryKey(),
    customerId: text("customer_id"),
    type: text("type").notNull(),
    processedAt: instant("processed_at").notNull().defaultNow(),
  },
  (table) => [index("paykit_event_processed_at").on(table.processedAt)],
);
