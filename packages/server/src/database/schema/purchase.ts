import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, integer53 } from "./columns.js";

export type PurchaseStatus = "paid" | "refunded" | "revoked";

/** A one-time product that was paid for; `purchaseId` is the checkout session, so that it is granted once. */
export const purchase = pgTable(
  "paykit_purchase",
  {
    customerId: text("customer_id").notNull(),
    purchaseId: text("purchase_id").notNull(),
    productId: text("product_id").notNull(),
    version: text("version"),
    quantity: integer53("quantity").notNull().default(1),
    amount: integer53("amount").notNull(),
    currency: text("currency").notNull(),
    status: text("status").$type<PurchaseStatus>().notNull(),
    paymentIntentId: text("payment_intent_id"),
    purchasedAt: instant("purchased_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.purchaseId] }),
    index("paykit_purchase_payment_intent").on(table.paymentIntentId),
  ],
);
