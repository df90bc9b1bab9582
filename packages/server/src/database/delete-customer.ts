import { eq } from "drizzle-orm";
import type { Orm } from "./database.js";
import {
  change,
  checkout,
  customer,
  grant,
  ledger,
  notice,
  purchase,
  reservation,
  spentGrant,
  subscription,
} from "./schema/index.js";

/** Removes everything about a customer but the trials. In a transaction. */
export async function deleteCustomerRows(tx: Orm, customerId: string): Promise<void> {
  // First, and as everywhere: whoever writes for a customer holds this row.
  await tx.delete(customer).where(eq(customer.customerId, customerId));
  for (const table of [
    grant,
    spentGrant,
    ledger,
    reservation,
    subscription,
    purchase,
    checkout,
    notice,
    change,
  ]) {
    await tx.delete(table).where(eq(table.customerId, customerId));
  }
}
