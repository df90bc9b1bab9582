import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, integer53 } from "./columns.js";

/**
 * Gifts and purchases that are used up: in the grant table they are one row together, `spent`, and here they are known one
 * by one, so that a purchase is not given again and a refund finds what it takes back.
 */
export const spentGrant = pgTable(
  "paykit_spent_grant",
  {
    customerId: text("customer_id").notNull(),
    featureId: text("feature_id").notNull(),
    grantId: text("grant_id").notNull(),
    quantity: integer53("quantity").notNull(),
    /** Since when it no longer counts, because its payment was taken back; null while it counts. */
    endsAt: instant("ends_at"),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.featureId, table.grantId] })],
);
