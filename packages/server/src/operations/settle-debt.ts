import { settle } from "../contract/index.js";
import { lockGrants, saveGrants } from "../database/grant.js";
import type { Context } from "./context.js";

/** Writes what time has done to a stack that owes: what began or renewed pays, in the order in which it came. */
export async function settleDebt(
  { database, usesTestClocks }: Context,
  { customerId, featureId }: { customerId: string; featureId: string },
): Promise<void> {
  await database.transaction(async (tx) => {
    const { grants, now } = await lockGrants(tx, { customerId, featureId, usesTestClocks });
    await saveGrants(tx, { customerId, before: grants, after: settle(grants, now) });
  });
}
