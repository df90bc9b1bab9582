import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.js";

/**
 * Who is changing something at Stripe for a customer right now. A row, and not a database lock, because it is held while
 * Stripe is asked, and reads must go on meanwhile. `token` is of one change, and makes its idempotency keys.
 */
export const change = pgTable("paykit_change", {
  customerId: text("customer_id").primaryKey(),
  token: text("token"),
  heldUntil: instant("held_until"),
});
