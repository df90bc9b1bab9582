import { and, asc, eq, gt, inArray, isNotNull, ne, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { customer, subscription } from "./schema/index.js";

export interface PageInput {
  /** The last customer of the page before; null for the first page. */
  after: string | null;
  limit: number;
}

/** Ids of customers whom Stripe knows, in order. */
export async function pageLinkedCustomers(orm: Orm, { after, limit }: PageInput): Promise<string[]> {
  const rows = await orm
    .select({ customerId: customer.customerId })
    .from(customer)
    .where(
      and(isNotNull(customer.stripeCustomerId), after === null ? undefined : gt(customer.customerId, after)),
    )
    .orderBy(asc(customer.customerId))
    .limit(limit);
  return rows.map(({ customerId }) => customerId);
}

/** Ids of customers who were given another default plan of a group than this version, in order. */
export async function pageOutdatedDefaults(
  orm: Orm,
  { group, planId, version, after, limit }: PageInput & { group: string; planId: string; version: string },
): Promise<string[]> {
  const latest = JSON.stringify({ planId, version });
  const rows = await orm
    .select({ customerId: customer.customerId })
    .from(customer)
    .where(
      and(
        sql`${customer.defaultPlans} -> ${group} is distinct from ${latest}::jsonb`,
        after === null ? undefined : gt(customer.customerId, after),
      ),
    )
    .orderBy(asc(customer.customerId))
    .limit(limit);
  return rows.map(({ customerId }) => customerId);
}

/** Ids of customers with a live subscription to another version of a plan, in order. */
export async function pageOutdatedCustomers(
  orm: Orm,
  { planId, version, after, limit }: PageInput & { planId: string; version: string },
): Promise<string[]> {
  const rows = await orm
    .selectDistinct({ customerId: subscription.customerId })
    .from(subscription)
    .where(
      and(
        eq(subscription.planId, planId),
        ne(subscription.version, version),
        inArray(subscription.status, ["active", "trialing", "past_due"]),
        after === null ? undefined : gt(subscription.customerId, after),
      ),
    )
    .orderBy(asc(subscription.customerId))
    .limit(limit);
  return rows.map(({ customerId }) => customerId);
}
