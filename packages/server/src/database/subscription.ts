import { eq } from "drizzle-orm";
import type { Orm } from "./database.js";
import { subscription } from "./schema/index.js";

export type SubscriptionRow = typeof subscription.$inferSelect;

export async function listSubscriptionRows(orm: Orm, customerId: string): Promise<SubscriptionRow[]> {
  return orm.select().from(subscription).where(eq(subscription.customerId, customerId));
}

/** Makes the customer's rows exactly these. Called by `sync/` alone, inside the transaction that claimed the read. */
export async function replaceSubscriptionRows(
  tx: Orm,
  customerId: string,
  rows: SubscriptionRow[],
): Promise<void> {
  await tx.delete(subscription).where(eq(subscription.customerId, customerId));
  if (rows.length > 0) await tx.insert(subscription).values(rows);
}
