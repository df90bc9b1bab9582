import { boolean, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Repeat } from "../../contract/index.js";
import { instant, integer53 } from "./columns.js";

/**
 * What customers may use, as dated grants; a gate reads the rows of one customer and one feature. `grantId` says where
 * a row comes from: `plan:<planId>:<subscriptionId or "default">`, `purchase:<sessionId>`, `gift:<uuid>`,
 * `reservation:<uuid>:<grantId>`, `debt`, or
 * `spent` for all the gifts and purchases that are used up.
 */
export const grant = pgTable(
  "paykit_grant",
  {
    customerId: text("customer_id").notNull(),
    featureId: text("feature_id").notNull(),
    grantId: text("grant_id").notNull(),
    quantity: integer53("quantity").notNull(),
    remaining: integer53("remaining").notNull(),
    accrued: integer53("accrued"),
    settledAt: instant("settled_at").notNull(),
    startsAt: instant("starts_at").notNull(),
    expiresAt: instant("expires_at"),
    repeatCount: integer("repeat_count"),
    repeatUnit: text("repeat_unit").$type<Repeat[1]>(),
    anchorAt: instant("anchor_at"),
    renewsUntil: instant("renews_until"),
    /**
     * The next boundary after `settledAt`, worked out whenever a row is written, so that `report` looks at the calendar
     * only when something is due; null when nothing arrives any more.
     */
    renewsAt: instant("renews_at"),
    unlimited: boolean("unlimited").notNull().default(false),
    /** Not taken away when the plan that it came with is. */
    permanent: boolean("permanent").notNull().default(false),
    /**
     * Whether it is the only row of its stack, kept by whoever adds and removes rows. Use of such a row needs to look at
     * nothing else, and so to lock nothing else.
     */
    alone: boolean("alone").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.featureId, table.grantId] })],
);
