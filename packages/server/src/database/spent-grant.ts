import { and, eq } from "drizzle-orm";
import type { SpentGrant } from "../ledger/index.js";
import type { Orm } from "./database.js";
import { spentGrant } from "./schema/index.js";

/** A statement takes 65,535 values at most. */
const batch = 5_000;

export async function listSpentGrants(tx: Orm, customerId: string): Promise<SpentGrant[]> {
  const { featureId, grantId, quantity, endsAt } = spentGrant;
  return tx
    .select({ featureId, grantId, quantity, endsAt })
    .from(spentGrant)
    .where(eq(spentGrant.customerId, customerId));
}

export async function addSpentGrants(
  tx: Orm,
  customerId: string,
  grants: readonly SpentGrant[],
): Promise<void> {
  const rows = grants.map((grant) => ({ customerId, ...grant }));
  for (let at = 0; at < rows.length; at += batch) {
    await tx.insert(spentGrant).values(rows.slice(at, at + batch));
  }
}

/** Writes which of them still count. */
export async function saveSpentGrants(
  tx: Orm,
  { customerId, before, after }: { customerId: string; before: SpentGrant[]; after: SpentGrant[] },
): Promise<void> {
  const changed = after.filter(({ endsAt }, index) => endsAt?.getTime() !== before[index]?.endsAt?.getTime());
  for (const { featureId, grantId, endsAt } of changed) {
    await tx
      .update(spentGrant)
      .set({ endsAt })
      .where(
        and(
          eq(spentGrant.customerId, customerId),
          eq(spentGrant.featureId, featureId),
          eq(spentGrant.grantId, grantId),
        ),
      );
  }
}
