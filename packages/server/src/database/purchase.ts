import { eq } from "drizzle-orm";
import type { Orm } from "./database.js";
import { purchase } from "./schema/index.js";

export type PurchaseRow = typeof purchase.$inferSelect;

/** Every one-time product the customer paid for or was given. */
export async function listPurchaseRows(orm: Orm, customerId: string): Promise<PurchaseRow[]> {
  return orm.select().from(purchase).where(eq(purchase.customerId, customerId));
}

/** Writes what was paid at Stripe; a purchase is known by its checkout session, so writing it again changes its status at most. */
export async function upsertPurchaseRows(tx: Orm, rows: PurchaseRow[]): Promise<void> {
  for (const row of rows) {
    await tx
      .insert(purchase)
      .values(row)
      .onConflictDoUpdate({
        target: [purchase.customerId, purchase.purchaseId],
        set: { status: row.status, paymentIntentId: row.paymentIntentId },
      });
  }
}
