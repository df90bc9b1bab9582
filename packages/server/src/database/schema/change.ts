import { pgTable, text } from "drizzle-orm/pg-core";
import { instant, integer53 } from "./columns.js";

/**
 * Who is changing something at Stripe for a customer right now. A row, and not a database lock, because it is held while
 * Stripe is asked, and reads must go on meanwhile. `number` counts the changes and makes their idempotency keys.
 */
export const change = pgTable("paykit_change", {
  customerId: text("customer_id").primaryKey(),
  number: integer53("number").notNull(),
  token: text("token"),
  heldUntil: instant("held_until"),
});
