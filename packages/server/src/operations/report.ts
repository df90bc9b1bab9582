import { z } from "zod";
import { PayKitError } from "../contract/index.js";
import { recordUse, type UseAnswer, type UseInput } from "../database/record-use.js";
import type { Balance } from "./balance.js";
import type { Context } from "./context.js";
import {
  amountSchema,
  customerIdSchema,
  findItem,
  idempotencyKeySchema,
  noteSchema,
  parseInput,
  unknownCustomer,
} from "./input.js";
import { settleDebt } from "./settle-debt.js";

const schema = z.object({
  customerId: customerIdSchema,
  featureId: z.string(),
  amount: amountSchema.optional(),
  idempotencyKey: idempotencyKeySchema.optional(),
  reason: noteSchema.optional(),
  actor: noteSchema.optional(),
});

export interface ReportInput<FeatureId extends string = string> {
  customerId: string;
  featureId: FeatureId;
  /** Units used, an integer. Default 1. */
  amount?: number | undefined;
  /** With it, the same call again gets the first answer and counts once. */
  idempotencyKey?: string | undefined;
  /** For the history: why. */
  reason?: string | undefined;
  /** For the history: who. */
  actor?: string | undefined;
}

export interface ReportResult {
  /** False when the balance does not cover the amount; then nothing was taken. */
  success: boolean;
  balance: Balance;
}

/**
 * Counts use, if the balance covers it. One statement, right under any concurrency. Errors: FEATURE_UNKNOWN, INPUT_INVALID,
 * CUSTOMER_UNKNOWN, IDEMPOTENCY_KEY_REUSED.
 */
export async function report(context: Context, input: ReportInput): Promise<ReportResult> {
  const { customerId, featureId, amount = 1, ...rest } = parseInput(schema, input);
  findItem(context.catalog, featureId);
  const { idempotencyKey = null, reason = null, actor = null } = rest;
  const { usesTestClocks } = context;
  const answer = await recordSettled(context, {
    ...{ customerId, featureId, amount, idempotencyKey, reason, actor, usesTestClocks },
  });
  if (!answer.isKnown) throw unknownCustomer(customerId);
  assertSameCall(answer, { featureId, amount });
  const { succeeded, limit, remaining, resetAt } = answer;
  return { success: succeeded, balance: { limit, remaining, resetAt, unlimited: limit === null } };
}

async function recordSettled(context: Context, input: UseInput): Promise<UseAnswer> {
  const answer = await recordUse(context.database, input);
  if (!answer.needsSettling) return answer;
  await settleDebt(context, input);
  return recordSettled(context, input);
}

function assertSameCall(
  { first }: UseAnswer,
  { featureId, amount }: { featureId: string; amount: number },
): void {
  if (first === null || (first.featureId === featureId && first.amount === amount)) return;
  throw new PayKitError(
    "IDEMPOTENCY_KEY_REUSED",
    `This idempotency key was first used for ${first.amount} of "${first.featureId}". Use one key per intended effect.`,
  );
}
