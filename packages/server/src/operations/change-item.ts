import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isDebt, isLive, PayKitError } from "../contract/index.js";
import { addToStack, type GrantRow, takeFromStack } from "../ledger/index.js";
import type { Balance } from "./balance.js";
import { changeStack } from "./change-stack.js";
import type { Context } from "./context.js";
import {
  amountSchema,
  customerIdSchema,
  findItem,
  idempotencyKeySchema,
  noteSchema,
  parseInput,
} from "./input.js";

const schema = z.object({
  customerId: customerIdSchema,
  itemId: z.string(),
  amount: amountSchema,
  expiresAt: z.date().optional(),
  idempotencyKey: idempotencyKeySchema.optional(),
  reason: noteSchema.optional(),
  actor: noteSchema.optional(),
});

export interface ChangeItemInput<ItemId extends string = string> {
  customerId: string;
  itemId: ItemId;
  /** Units, an integer of at least 1. */
  amount: number;
  idempotencyKey?: string | undefined;
  /** For the history: why. */
  reason?: string | undefined;
  /** For the history: who. */
  actor?: string | undefined;
}

export interface IncreaseItemInput<ItemId extends string = string> extends ChangeItemInput<ItemId> {
  /** When what is left of it goes. Default: never. */
  expiresAt?: Date | undefined;
}

/** Grants units by hand; a debt is paid first. Errors: FEATURE_UNKNOWN, INPUT_INVALID, CUSTOMER_UNKNOWN. */
export async function increaseItem(context: Context, input: IncreaseItemInput): Promise<Balance> {
  const { itemId, amount, expiresAt = null, ...rest } = parseInput(schema, input);
  findItem(context.catalog, itemId);
  return changeStack(context, {
    ...rest,
    featureId: itemId,
    kind: "grant",
    amount,
    change: (stack, now) => {
      if (expiresAt !== null && expiresAt <= now)
        throw new PayKitError("INPUT_INVALID", "expiresAt: lies in the past");
      const gift = toGift({ itemId, amount, expiresAt, now });
      const after = addToStack(stack, [gift], now);
      assertCountable(after, now);
      return { stack: after, amount };
    },
  });
}

/** Uses units, into debt when there are not enough. Errors: FEATURE_UNKNOWN, INPUT_INVALID, CUSTOMER_UNKNOWN. */
export async function decreaseItem(context: Context, input: ChangeItemInput): Promise<Balance> {
  const { itemId, amount, ...rest } = parseInput(schema, input);
  findItem(context.catalog, itemId);
  return changeStack(context, {
    ...rest,
    featureId: itemId,
    kind: "use",
    amount: -amount,
    change: (stack, now) => {
      const after = takeFromStack({ stack, featureId: itemId, amount, now, mayOwe: true }).stack;
      assertCountable(after, now);
      return { stack: after, amount: -amount };
    },
  });
}

interface ToGiftInput {
  itemId: string;
  amount: number;
  expiresAt: Date | null;
  now: Date;
}

function toGift({ itemId, amount, expiresAt, now }: ToGiftInput): GrantRow {
  return {
    ...{ featureId: itemId, grantId: `gift:${randomUUID()}`, quantity: amount, remaining: amount },
    ...{ accrued: null, settledAt: now, startsAt: now, expiresAt },
    ...{ repeat: null, anchorAt: null, renewsUntil: null, unlimited: false, permanent: true },
  };
}

/** A balance that JavaScript can hold exactly. */
function assertCountable(stack: readonly GrantRow[], now: Date): void {
  const counted = stack.filter((row) => isLive(row, now) && !row.unlimited);
  const granted = counted.filter((row) => !isDebt(row)).reduce((sum, row) => sum + BigInt(row.quantity), 0n);
  const left = counted.reduce((sum, row) => sum + BigInt(row.remaining), 0n);
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  if (granted <= most && left <= most && left >= -most) return;
  throw new PayKitError(
    "INPUT_INVALID",
    "amount: the balance would leave the range of -(2^53 - 1) to 2^53 - 1",
  );
}
