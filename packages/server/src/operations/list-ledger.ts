import { z } from "zod";
import { deleteEntriesBefore, type LedgerRow, listEntries } from "../database/ledger.js";
import type { Context } from "./context.js";
import { customerIdSchema, findItem, parseInput } from "./input.js";

const schema = z.object({
  customerId: customerIdSchema,
  itemId: z.string(),
  limit: z.int().min(1).max(100).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,19}$/, "pass on `nextCursor` of the page before as it is")
    .nullish(),
});

export interface ListLedgerInput<ItemId extends string = string> {
  customerId: string;
  itemId: ItemId;
  /** At most 100. Default 50. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined;
}

/** One thing that happened to a quantity. */
export interface LedgerEntry {
  id: string;
  kind: LedgerRow["kind"];
  /** Below 0 for what was used, above for what was granted or came back. */
  amount: number;
  /** False for a use that the balance did not cover; such are kept only when they had an idempotency key. */
  succeeded: boolean;
  /** Null while unlimited. */
  balanceAfter: number | null;
  reason: string | null;
  actor: string | null;
  at: Date;
}

export interface LedgerPage {
  /** Newest first. */
  data: LedgerEntry[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** Who did what to an item, why and when, and the balance after it. Errors: FEATURE_UNKNOWN, INPUT_INVALID. */
export async function listLedger(context: Context, input: ListLedgerInput): Promise<LedgerPage> {
  const { customerId, itemId, limit, cursor } = parseInput(schema, input);
  findItem(context.catalog, itemId);
  const query = {
    ...{ customerId, featureId: itemId, limit: limit + 1 },
    before: cursor === null || cursor === undefined ? null : Number(cursor),
  };
  const rows = await context.database.query((orm) => listEntries(orm, query));
  const page = rows.slice(0, limit);
  return {
    data: page.map(toEntry),
    nextCursor: rows.length > limit ? String(page.at(-1)?.entryId) : null,
  };
}

function toEntry({
  entryId,
  kind,
  amount,
  succeeded,
  balanceAfter,
  reason,
  actor,
  at,
}: LedgerRow): LedgerEntry {
  return { id: String(entryId), kind, amount, succeeded, balanceAfter, reason, actor, at };
}

/**
 * Forgets the history before an instant, a batch at a time; how many entries there were. Balances live in the grants and stay
 * as they are. Idempotency keys are forgotten with their entries: keep longer than anybody may retry.
 */
export async function trimLedger({ database }: Context, { before }: { before: Date }): Promise<number> {
  const batch = 5_000;
  let total = 0;
  for (;;) {
    const deleted = await database.query((orm) => deleteEntriesBefore(orm, before, batch));
    total += deleted;
    if (deleted < batch) return total;
  }
}
