import { eq, sql } from "drizzle-orm";
import type { GivenDefaults } from "../catalog/model.js";
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

/** Writes what is given and leaves the rest; a default plan that was given before stays what it was. */
export async function upsertCustomerRow(
  tx: Orm,
  {
    customerId,
    defaultPlans,
    ...details
  }: CustomerDetails & { customerId: string; defaultPlans: GivenDefaults },
): Promise<CustomerRow> {
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  const merged = sql`excluded.default_plans || ${customer.defaultPlans}`;
  const [row] = await tx
    .insert(customer)
    .values({ customerId, defaultPlans, ...given })
    .onConflictDoUpdate({
      target: customer.customerId,
      set: { ...given, defaultPlans: merged, updatedAt: sql`now()` },
    })
    .returning();
  if (row === undefined) throw new Error("The customer was neither inserted nor updated");
  return row;
}

/** The row, held for the rest of the transaction. */
export async function lockCustomerRow(tx: Orm, customerId: string): Promise<CustomerRow | null> {
  const rows = await tx
    .select()
    .from(customer)
    .where(eq(customer.customerId, customerId))
    .for("no key update");
  return rows[0] ?? null;
}

/** Adds to the default plans that a customer was given, or puts others in their place. */
export async function setDefaultPlans(
  tx: Orm,
  { customerId, given }: { customerId: string; given: GivenDefaults },
): Promise<void> {
  await tx
    .update(customer)
    .set({ defaultPlans: sql`${customer.defaultPlans} || ${JSON.stringify(given)}::jsonb` })
    .where(eq(customer.customerId, customerId));
}
