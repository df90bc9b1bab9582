import { evaluateEntitlement, PayKitError, settle } from "../contract/index.js";
import { lockGrants, saveGrants } from "../database/grant.js";
import type { Orm } from "../database/index.js";
import { isUniqueViolation } from "../database/index.js";
import { addEntry, findEntryByKey, type LedgerRow } from "../database/ledger.js";
import type { LedgerKind } from "../database/schema/index.js";
import { type GrantRow, withoutSpentReturns } from "../ledger/index.js";
import { type Balance, toBalance } from "./balance.js";
import type { Context } from "./context.js";
import { unknownCustomer } from "./input.js";

export interface ChangeStackInput {
  customerId: string;
  featureId: string;
  kind: LedgerKind;
  idempotencyKey?: string | undefined;
  /** What a call under the same key has to ask for again; anything when left out. */
  amount?: number;
  reason?: string | undefined;
  actor?: string | undefined;
  /** Decides, on the settled stack, what it is to be, and what the history says: above 0 for what was granted. */
  change: (stack: GrantRow[], now: Date, tx: Orm) => Promise<StackChange> | StackChange;
  /** What a repeat under the same key still has to undo; it leaves no history. */
  repeat?: (stack: GrantRow[], now: Date, tx: Orm) => Promise<StackChange> | StackChange;
}

export interface StackChange {
  stack: readonly GrantRow[];
  /** For the history; 0 leaves none. */
  amount: number;
}

/**
 * Changes a stack under its lock: every change that is not plain use. With an idempotency key the same call again gets the
 * first balance and changes nothing. Errors: CUSTOMER_UNKNOWN, IDEMPOTENCY_KEY_REUSED.
 */
export async function changeStack(context: Context, input: ChangeStackInput): Promise<Balance> {
  const attempt = () => context.database.transaction((tx) => changeIn(tx, context, input));
  try {
    return await attempt();
  } catch (error) {
    // A use with the same key came in between, which locks grants but not the customer: look again.
    if (!isUniqueViolation(error)) throw error;
    return attempt();
  }
}

async function changeIn(tx: Orm, context: Context, input: ChangeStackInput): Promise<Balance> {
  const { customerId, featureId, kind, idempotencyKey, reason, actor, change } = input;
  const { usesTestClocks } = context;
  const { exists, grants, now } = await lockGrants(tx, { customerId, featureId, usesTestClocks });
  if (!exists) throw unknownCustomer(customerId);
  const first = idempotencyKey === undefined ? null : await findEntryByKey(tx, customerId, idempotencyKey);
  if (first !== null) {
    assertSameCall(first, input);
    if (input.repeat === undefined) return readAnswer(first.answer);
    const undone = await input.repeat(settle(grants, now), now, tx);
    await saveGrants(tx, { customerId, before: grants, after: undone.stack });
    return readAnswer(first.answer);
  }
  const { stack, amount } = await change(settle(grants, now), now, tx);
  const after = withoutSpentReturns(stack, now);
  await saveGrants(tx, { customerId, before: grants, after });
  const balance = toBalance(evaluateEntitlement({ featureId, type: "metered", grants: after, now }));
  if (amount !== 0 || idempotencyKey !== undefined) {
    await addEntry(tx, {
      ...{ customerId, featureId, kind, amount, at: now, balanceAfter: balance.remaining },
      ...{ reason: reason ?? null, actor: actor ?? null, idempotencyKey: idempotencyKey ?? null },
      answer: idempotencyKey === undefined ? null : toAnswer(balance),
    });
  }
  return balance;
}

function assertSameCall(first: LedgerRow, { featureId, kind, amount }: ChangeStackInput): void {
  const isSameAmount = amount === undefined || first.amount === amount;
  if (first.featureId === featureId && first.kind === kind && isSameAmount) return;
  throw new PayKitError(
    "IDEMPOTENCY_KEY_REUSED",
    `This idempotency key was first used for another change of "${first.featureId}". Use one key per intended effect.`,
  );
}

type Answer = readonly [
  succeeded: boolean,
  limit: number | null,
  remaining: number | null,
  resetAt: string | null,
];

function toAnswer({ limit, remaining, resetAt }: Balance): Answer {
  return [true, limit, remaining, resetAt?.toISOString() ?? null];
}

function readAnswer(answer: unknown): Balance {
  const [, limit, remaining, resetAt] = answer as Answer;
  return {
    limit,
    remaining,
    resetAt: resetAt === null ? null : new Date(resetAt),
    unlimited: limit === null,
  };
}
