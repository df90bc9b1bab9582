import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, integer53 } from "./columns.js";

/** A quantity held for work whose size is known only afterwards. */
export const reservation = pgTable(
  "paykit_reservation",
  {
    customerId: text("customer_id").notNull(),
    reservationId: text("reservation_id").notNull(),
    featureId: text("feature_id").notNull(),
    amount: integer53("amount").notNull(),
    status: text("status").$type<"held" | "confirmed" | "released">().notNull(),
    /** Which grants it was taken from. */
    taken: jsonb("taken").$type<{ grantId: string; amount: number; until: string | null }[]>().notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.reservationId] })],
);
