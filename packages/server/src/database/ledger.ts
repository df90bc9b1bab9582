import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { type LedgerKind, ledger } from "./schema/index.js";

export type LedgerRow = typeof ledger.$inferSelect;

export interface NewLedgerEntry {
  customerId: string;
  featureId: string;
  kind: LedgerKind;
  amount: number;
  balanceAfter: number | null;
  /** What a repeat of the call is answered. */
  answer?: unknown;
  reason?: string | null;
  actor?: string | null;
  idempotencyKey?: string | null;
  at: Date;
}

export async function addEntry(tx: Orm, entry: NewLedgerEntry): Promise<void> {
  await tx.insert(ledger).values({ ...entry, succeeded: true });
}

/** The entry that a key was first used for; null when it is new. */
export async function findEntryByKey(tx: Orm, customerId: string, key: string): Promise<LedgerRow | null> {
  const [row] = await tx
    .select()
    .from(ledger)
    .where(and(eq(ledger.customerId, customerId), eq(ledger.idempotencyKey, key)));
  return row ?? null;
}

export interface ListEntriesQuery {
  customerId: string;
  featureId: string;
  /** Only entries before this one. */
  before: number | null;
  limit: number;
}

/** Newest first. */
export async function listEntries(orm: Orm, { customerId, featureId, before, limit }: ListEntriesQuery) {
  return orm
    .select()
    .from(ledger)
    .where(
      and(
        eq(ledger.customerId, customerId),
        eq(ledger.featureId, featureId),
        before === null ? undefined : lt(ledger.entryId, before),
      ),
    )
    .orderBy(desc(ledger.customerId), desc(ledger.entryId))
    .limit(limit);
}

/** Deletes up to `limit` entries that are older; how many there were. */
export async function deleteEntriesBefore(orm: Orm, at: Date, limit: number): Promise<number> {
  const old = sql`select ${ledger.customerId}, ${ledger.entryId} from ${ledger} where ${lt(ledger.at, at)} limit ${limit}`;
  const deleted = await orm
    .delete(ledger)
    .where(sql`(${ledger.customerId}, ${ledger.entryId}) in (${old})`)
    .returning({ entryId: ledger.entryId });
  return deleted.length;
}
