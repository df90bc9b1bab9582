import { eq, type SQL, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { customer } from "./schema/index.js";

/** Whoever reads a customer on suspicion has this long; if it comes to nothing, the next one may try then. */
const claim = sql`interval '10 minutes'`;

export interface ClaimInput {
  usesTestClocks: boolean;
}

/** Takes it on to read a customer again of whom news is overdue; false when there is none, or somebody else is at it. */
export async function claimOverdue(
  orm: Orm,
  { customerId, usesTestClocks }: ClaimInput & { customerId: string },
): Promise<boolean> {
  const now = nowOfRow(usesTestClocks);
  const rows = await orm
    .update(customer)
    .set({ syncDueAt: sql`${now} + ${claim}` })
    .where(sql`${customer.customerId} = ${customerId} and ${customer.syncDueAt} <= ${now}`)
    .returning({ customerId: customer.customerId });
  return rows.length === 1;
}

/** The same for as many as `limit`, those first of whom news is overdue the longest. */
export async function claimMostOverdue(
  orm: Orm,
  { limit, usesTestClocks }: ClaimInput & { limit: number },
): Promise<string[]> {
  const now = nowOfRow(usesTestClocks);
  const overdue = sql`select ${customer.customerId} from ${customer} where ${customer.syncDueAt} <= ${now}
    order by ${customer.syncDueAt} limit ${limit} for no key update skip locked`;
  const rows = await orm
    .update(customer)
    .set({ syncDueAt: sql`${now} + ${claim}` })
    .where(sql`${customer.customerId} = any(array(${overdue}))`)
    .returning({ customerId: customer.customerId });
  return rows.map(({ customerId }) => customerId);
}

/** A checkout page was opened: whoever comes an hour later, and nothing was heard of it, asks. */
export async function expectPayment(
  orm: Orm,
  { customerId, usesTestClocks }: ClaimInput & { customerId: string },
): Promise<void> {
  const due = sql`least(${customer.syncDueAt}, ${nowOfRow(usesTestClocks)} + interval '1 hour')`;
  await orm.update(customer).set({ syncDueAt: due }).where(eq(customer.customerId, customerId));
}

function nowOfRow(usesTestClocks: boolean): SQL {
  return usesTestClocks ? sql`coalesce(${customer.testClockNow}, now())` : sql`now()`;
}
