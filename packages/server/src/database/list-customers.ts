import { and, type SQL, sql } from "drizzle-orm";
import type { CustomerRecord } from "../snapshot/index.js";
import { nowOf } from "./clock.js";
import type { Database } from "./database.js";
import { selectCustomers, toRecord } from "./load-customer.js";
import { customer, subscription } from "./schema/index.js";
import { defineQuery } from "./statement.js";

export interface ListCustomersQuery {
  limit: number;
  offset: number;
  /** The last customer of the page before. */
  after: { createdAt: Date; customerId: string } | null;
  /** All plans when null. */
  plans: readonly ListedPlan[] | null;
  usesTestClocks: boolean;
}

export interface ListedPlan {
  id: string;
  group: string | null;
  /** Whether who was given no default plan of the group yet is on this one. */
  isDefault: boolean;
}

export interface ListedCustomer {
  record: CustomerRecord;
  createdAt: Date;
}

/** Newest first, by the index on (created_at, customer_id). */
export async function listCustomerRecords(
  database: Database,
  query: ListCustomersQuery,
): Promise<ListedCustomer[]> {
  const { limit, offset, after, usesTestClocks } = query;
  const page = after === null ? undefined : isAfter(after);
  const ids = sql`select customer_id, created_at from ${customer} as c
    where ${and(page, isOnPlans(query)) ?? sql`true`}
    order by created_at desc, customer_id desc limit ${limit} offset ${offset}`;
  // The page is chosen first, so that nobody outside of it is looked at.
  const compiled = defineQuery(
    sql`with page as materialized (${ids})
      select r.*, (extract(epoch from page.created_at) * 1000)::bigint from page
      cross join lateral (${selectCustomers(usesTestClocks)} where c.customer_id = page.customer_id) as r
      order by page.created_at desc, page.customer_id desc`,
  );
  const rows = await database.execute(compiled, {});
  return rows.map((row) => ({ record: toRecord(row), createdAt: new Date(Number(row.at(-1))) }));
}

export async function countCustomers(database: Database, query: ListCustomersQuery): Promise<number> {
  const compiled = defineQuery(
    sql`select count(*) from ${customer} as c where ${isOnPlans(query) ?? sql`true`}`,
  );
  const [row] = await database.execute(compiled, {});
  return Number(row?.[0] ?? 0);
}

function isAfter({ createdAt, customerId }: { createdAt: Date; customerId: string }): SQL {
  return sql`(created_at, customer_id) < (${createdAt.toISOString()}::timestamptz, ${customerId})`;
}

function isOnPlans({ plans, usesTestClocks }: ListCustomersQuery): SQL | undefined {
  if (plans === null) return undefined;
  const given = sql`select from ${subscription} as s where s.customer_id = c.customer_id
    and s.status in ('active', 'trialing', 'past_due')
    and (s.entitled_until is null or s.entitled_until > ${nowOf(sql`c.customer_id`, usesTestClocks)})`;
  const paid = sql`exists (${given} and s.plan_id in ${plans.map(({ id }) => id)})`;
  const free = plans.flatMap(({ group, ...plan }) =>
    group === null
      ? []
      : [sql`${isGivenDefault(group, plan)} and not exists (${given} and s.plan_group = ${group})`],
  );
  return sql`(${sql.join([paid, ...free], sql` or `)})`;
}

function isGivenDefault(group: string, { id, isDefault }: Omit<ListedPlan, "group">): SQL {
  const planId = sql`c.default_plans -> ${group} ->> 'planId'`;
  return isDefault ? sql`coalesce(${planId}, ${id}) = ${id}` : sql`(${planId}) = ${id}`;
}
