import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { GivenDefaults } from "../../catalog/model.js";
import { instant, integer53 } from "./columns.js";

export const customer = pgTable(
  "paykit_customer",
  {
    customerId: text("customer_id").primaryKey(),
    email: text("email"),
    name: text("name"),
    metadata: jsonb("metadata").$type<Record<string, string>>().notNull().default({}),
    stripeCustomerId: text("stripe_customer_id"),
    /** The email and name that Stripe was last told, as a hash; after a deletion at Stripe, which customer it was. */
    stripeProfile: text("stripe_profile"),
    stripeLivemode: boolean("stripe_livemode"),
    /** Counts the reads of Stripe that began, and the last of them that was written: an earlier read never overwrites. */
    syncStarted: integer53("sync_started").notNull().default(0),
    syncApplied: integer53("sync_applied").notNull().default(0),
    syncedAt: instant("synced_at"),
    /** From then on something must have happened at Stripe that nobody has told of; null when nothing is expected. */
    syncDueAt: instant("sync_due_at"),
    /** The default plans as they were when this customer came: a later edit of the catalog is for those who come later. */
    defaultPlans: jsonb("default_plans").$type<GivenDefaults>().notNull().default({}),
    testClockId: text("test_clock_id"),
    testClockNow: instant("test_clock_now"),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("paykit_customer_stripe_customer_id").on(table.stripeCustomerId),
    index("paykit_customer_sync_due_at").on(table.syncDueAt).where(sql`${table.syncDueAt} is not null`),
    index("paykit_customer_created_at").on(table.createdAt, table.customerId),
  ],
);
