import { eq, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { customer } from "./schema/index.js";

export type CustomerRow = typeof customer.$inferSelect;

export interface CustomerDetails {
  /** Left out: as it was. Null: cleared. */
  email?: string | null | undefined;
  name?: string | null | undefined;
  metadata?: Record<string, string> | undefined;
}

export async function findCustomerRow(orm: Orm, customerId: string): Promise<CustomerRow | null> {
  const [row] = await orm.select().from(customer).where(eq(customer.customerId, customerId));
  return row ?? null;
}

/** Writes what is given and leaves the rest. */
export async function upsertCustomerRow(
  tx: Orm,
  { customerId, ...details }: CustomerDetails & { customerId: string; defaultsVersion: string },
): Promise<CustomerRow> {
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  const [row] = await tx
    .insert(customer)
    .values({ customerId, ...given })
    .onConflictDoUpdate({ target: customer.customerId, set: { ...given, updatedAt: sql`now()` } })
    .returning();
  if (row === undefined) throw new Error("The customer was neither inserted nor updated");
  return row;
}
