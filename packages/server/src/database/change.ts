import { and, eq, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { change } from "./schema/index.js";

export interface HeldChange {
  /** Of this change alone; part of every idempotency key that belongs to it. */
  token: string;
}

interface HoldInput {
  customerId: string;
  token: string;
  holdMs: number;
}

/** Null while another change of this customer is held. */
export async function holdChange(
  orm: Orm,
  { customerId, token, holdMs }: HoldInput,
): Promise<HeldChange | null> {
  const heldUntil = untilIn(holdMs);
  const [row] = await orm
    .insert(change)
    .values({ customerId, token, heldUntil })
    .onConflictDoUpdate({
      target: change.customerId,
      set: { token, heldUntil },
      setWhere: sql`${change.heldUntil} is null or ${change.heldUntil} < now()`,
    })
    .returning({ customerId: change.customerId });
  return row === undefined ? null : { token };
}

/** False when the hold was lost meanwhile. */
export async function extendChange(orm: Orm, { customerId, token, holdMs }: HoldInput): Promise<boolean> {
  const rows = await orm
    .update(change)
    .set({ heldUntil: untilIn(holdMs) })
    .where(and(eq(change.customerId, customerId), eq(change.token, token)))
    .returning({ customerId: change.customerId });
  return rows.length === 1;
}

export async function releaseChange(
  orm: Orm,
  { customerId, token }: Omit<HoldInput, "holdMs">,
): Promise<void> {
  await orm
    .update(change)
    .set({ token: null, heldUntil: null })
    .where(and(eq(change.customerId, customerId), eq(change.token, token)));
}

/** By the database's clock: the processes' own may differ. */
function untilIn(holdMs: number) {
  return sql`now() + make_interval(secs => ${holdMs / 1000})`;
}
