import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/** The Stripe price behind a lookup key, per Stripe account and mode. */
export const stripePrice = pgTable(
  "paykit_stripe_price",
  {
    lookupKey: text("lookup_key").notNull(),
    account: text("account").notNull(),
    priceId: text("price_id").notNull(),
    stripeProductId: text("stripe_product_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.lookupKey, table.account] })],
);
