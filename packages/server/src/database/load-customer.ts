import { type SQL, sql } from "drizzle-orm";
import type { GivenDefaults } from "../catalog/model.js";
import type { Repeat } from "../contract/index.js";
import type { GrantRow } from "../ledger/index.js";
import type { CustomerRecord, PurchaseRecord, SubscriptionRecord } from "../snapshot/index.js";
import { nowOf } from "./clock.js";
import type { Database } from "./database.js";
import { customer, grant, purchase, subscription, trial } from "./schema/index.js";
import { toMs } from "./stack.js";
import { defineStatement, type TextRow } from "./statement.js";

const ms = (column: string) => toMs(sql.raw(column));
const interval = sql.raw(
  "case when interval_unit is not null then json_build_array(interval_count, interval_unit) end",
);
const repeat = sql.raw(
  "case when repeat_unit is not null then json_build_array(repeat_count, repeat_unit) end",
);

const subscriptions = sql`select json_agg(json_build_array(plan_id, plan_group, status, ${interval}, amount, quantity,
    ${ms("current_period_start")}, ${ms("current_period_end")}, ${ms("trial_end")}, ${ms("cancel_at")},
    cancel_at_period_end, ${ms("entitled_until")}, scheduled_plan_id, ${ms("scheduled_at")}))
  from ${subscription} where customer_id = c.customer_id and status not in ('canceled', 'incomplete_expired')`;

const purchases = sql`select json_agg(json_build_array(product_id, quantity) order by purchased_at)
  from ${purchase} where customer_id = c.customer_id and status = 'paid'`;

const grants = sql`select json_agg(json_build_array(feature_id, grant_id, quantity, remaining, accrued, ${ms("settled_at")},
    ${ms("starts_at")}, ${ms("expires_at")}, ${repeat}, ${ms("anchor_at")}, ${ms("renews_until")}, unlimited, permanent, ${ms("renews_at")}))
  from ${grant} where customer_id = c.customer_id`;

const trials = sql`select json_agg(trial_group) from ${trial} where customer_id = c.customer_id`;

/** Everything about some customers in one query: the columns that `toRecord` reads. */
export function selectCustomers(usesTestClocks: boolean): SQL {
  const isFrozen = usesTestClocks ? sql`c.test_clock_now is not null` : sql`false`;
  return sql`select c.customer_id, c.email, c.name, c.metadata, ${nowOf(sql`c.customer_id`, usesTestClocks)},
    ${isFrozen}, (${subscriptions}), (${purchases}), (${grants}), (${trials}), c.default_plans, ${ms("c.sync_due_at")} from ${customer} as c`;
}

function defineLoad(usesTestClocks: boolean) {
  const name = usesTestClocks ? "customer_by_clock" : "customer";
  return defineStatement(
    name,
    sql`${selectCustomers(usesTestClocks)} where c.customer_id = ${sql.placeholder("customerId")}`,
  );
}

const statement = defineLoad(false);
const clockStatement = defineLoad(true);

/** Null when there is no such customer. */
export async function loadCustomer(
  database: Database,
  { customerId, usesTestClocks }: { customerId: string; usesTestClocks: boolean },
): Promise<CustomerRecord | null> {
  const [row] = await database.execute(usesTestClocks ? clockStatement : statement, { customerId });
  return row === undefined ? null : toRecord(row);
}

export function toRecord(row: TextRow): CustomerRecord {
  const [customerId, email, name, metadata, now, isFrozen, subscriptionRows, purchaseRows] = row;
  const [, , , , , , , , grantRows, trialGroups, defaultPlans, syncDueAt] = row;
  return {
    customerId: customerId ?? "",
    email: email ?? null,
    name: name ?? null,
    metadata: JSON.parse(metadata ?? "{}") as Record<string, string>,
    now: new Date(now ?? Number.NaN),
    isClockFrozen: isFrozen === "t",
    syncDueAt: syncDueAt ? new Date(Number(syncDueAt)) : null,
    subscriptions: parse<SubscriptionTuple>(subscriptionRows).map(toSubscription),
    purchases: parse<[string, number]>(purchaseRows).map(toPurchase),
    grants: parse<GrantTuple>(grantRows).map(toGrantRow),
    trialGroups: parse<string>(trialGroups),
    defaultPlans: JSON.parse(defaultPlans ?? "{}") as GivenDefaults,
  };
}

function parse<T>(json: string | null | undefined): T[] {
  return json === null || json === undefined ? [] : (JSON.parse(json) as T[]);
}

type Ms = number | null;
type SubscriptionTuple = [
  planId: string,
  group: string | null,
  status: SubscriptionRecord["status"],
  interval: Repeat | null,
  amount: number,
  quantity: number,
  currentPeriodStart: Ms,
  currentPeriodEnd: Ms,
  trialEnd: Ms,
  cancelAt: Ms,
  cancelAtPeriodEnd: boolean,
  entitledUntil: Ms,
  scheduledPlanId: string | null,
  scheduledAt: Ms,
];

function toSubscription(tuple: SubscriptionTuple): SubscriptionRecord {
  const [planId, group, status, every, amount, quantity, periodStart, periodEnd, trialEnd, cancelAt] = tuple;
  const [, , , , , , , , , , cancelAtPeriodEnd, entitledUntil, scheduledPlanId, scheduledAt] = tuple;
  return {
    ...{ planId, group, status, interval: every, amount, quantity, cancelAtPeriodEnd, scheduledPlanId },
    currentPeriodStart: fromMs(periodStart),
    currentPeriodEnd: fromMs(periodEnd),
    trialEnd: fromMs(trialEnd),
    cancelAt: fromMs(cancelAt),
    entitledUntil: fromMs(entitledUntil),
    scheduledAt: fromMs(scheduledAt),
  };
}

function toPurchase([productId, quantity]: [string, number]): PurchaseRecord {
  return { productId, quantity };
}

type GrantTuple = [
  featureId: string,
  grantId: string,
  quantity: number,
  remaining: number,
  accrued: number | null,
  settledAt: number,
  startsAt: number,
  expiresAt: Ms,
  repeat: Repeat | null,
  anchorAt: Ms,
  renewsUntil: Ms,
  unlimited: boolean,
  permanent: boolean,
  renewsAt: Ms,
];

function toGrantRow(tuple: GrantTuple): GrantRow {
  const [featureId, grantId, quantity, remaining, accrued, settledAt, startsAt, expiresAt, every] = tuple;
  const [, , , , , , , , , anchorAt, renewsUntil, unlimited, permanent, renewsAt] = tuple;
  return {
    ...{ featureId, grantId, quantity, remaining, accrued, repeat: every, unlimited, permanent },
    settledAt: new Date(settledAt),
    startsAt: new Date(startsAt),
    expiresAt: fromMs(expiresAt),
    anchorAt: fromMs(anchorAt),
    renewsUntil: fromMs(renewsUntil),
    renewsAt: fromMs(renewsAt),
  };
}

function fromMs(time: Ms): Date | null {
  return time === null ? null : new Date(time);
}
