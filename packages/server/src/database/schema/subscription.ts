import { boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { SubscriptionStatus } from "../../contract/index.js";
import { instant, integer53 } from "./columns.js";

/** One row per item of a Stripe subscription that is a plan of ours, as it was last read from Stripe. */
export const subscription = pgTable(
  "paykit_subscription",
  {
    customerId: text("customer_id").notNull(),
    subscriptionId: text("subscription_id").notNull(),
    planId: text("plan_id").notNull(),
    itemId: text("item_id").notNull(),
    priceId: text("price_id").notNull(),
    version: text("version"),
    group: text("plan_group"),
    status: text("status").$type<SubscriptionStatus>().notNull(),
    intervalCount: integer("interval_count"),
    intervalUnit: text("interval_unit").$type<"day" | "week" | "month" | "year">(),
    /** Integer minor units per interval and unit of quantity. */
    amount: integer53("amount").notNull(),
    currency: text("currency").notNull(),
    quantity: integer53("quantity").notNull().default(1),
    currentPeriodStart: instant("current_period_start"),
    currentPeriodEnd: instant("current_period_end"),
    trialStart: instant("trial_start"),
    trialEnd: instant("trial_end"),
    cancelAt: instant("cancel_at"),
    cancelAtPeriodEnd: boolean("cancel_at_period_end").notNull().default(false),
    canceledAt: instant("canceled_at"),
    endedAt: instant("ended_at"),
    pastDueSince: instant("past_due_since"),
    /** Until when its plan is given, as far as is known; null while that is not in sight. Means nothing when it gives nothing. */
    entitledUntil: instant("entitled_until"),
    anchorAt: instant("anchor_at"),
    scheduledPlanId: text("scheduled_plan_id"),
    scheduledAt: instant("scheduled_at"),
    scheduleId: text("schedule_id"),
    startedAt: instant("started_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.subscriptionId, table.itemId] }),
    index("paykit_subscription_plan").on(table.planId, table.customerId),
  ],
);
