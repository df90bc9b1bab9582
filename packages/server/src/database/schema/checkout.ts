import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Repeat } from "../../contract/index.js";
import { instant, integer53 } from "./columns.js";

/** `opening` is written before Stripe is asked, so that a crash in between opens the same session again and not a second. */
export type CheckoutStatus = "opening" | "open" | "complete" | "expired";

/** A checkout that somebody was sent to. */
export const checkout = pgTable(
  "paykit_checkout",
  {
    customerId: text("customer_id").notNull(),
    checkoutId: text("checkout_id").notNull(),
    /** Stripe's id of it; null until Stripe has answered. */
    sessionId: text("session_id"),
    productId: text("product_id").notNull(),
    version: text("version").notNull(),
    group: text("plan_group"),
    quantity: integer53("quantity").notNull().default(1),
    intervalCount: integer("interval_count"),
    intervalUnit: text("interval_unit").$type<Repeat[1]>(),
    /** Where the person goes afterwards, checked before it was written: the way back takes no URL from the outside. */
    successUrl: text("success_url").notNull(),
    cancelUrl: text("cancel_url").notNull(),
    /** Everything else the session was made of; another request is the same checkout only when this is equal. */
    fingerprint: text("fingerprint").notNull(),
    url: text("url"),
    status: text("status").$type<CheckoutStatus>().notNull(),
    expiresAt: instant("expires_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.checkoutId] }),
    index("paykit_checkout_session").on(table.sessionId),
  ],
);
