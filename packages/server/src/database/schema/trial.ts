import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.js";

/** The trials a customer has had, one per group. Never deleted while the customer lives: a trial is given once. */
export const trial = pgTable(
  "paykit_trial",
  {
    customerId: text("customer_id").notNull(),
    trialGroup: text("trial_group").notNull(),
    startedAt: instant("started_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.trialGroup] })],
);
