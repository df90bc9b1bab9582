import { randomUUID } from "node:crypto";
import { z } from "zod";
import { PayKitError } from "../contract/index.js";
import type { Orm } from "../database/index.js";
import {
  addReservation,
  closeReservation,
  lockReservation,
  type ReservationRow,
} from "../database/reservation.js";
import { type GrantRow, giveBack, reserveTake, takeFromStack, withoutReturns } from "../ledger/index.js";
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

const dayMs = 86_400_000;
const schema = z.object({
  customerId: customerIdSchema,
  featureId: z.string(),
  amount: amountSchema,
  expiresInMs: z
    .int()
    .min(1_000)
    .max(30 * dayMs)
    .default(15 * 60_000),
  reason: noteSchema.optional(),
  actor: noteSchema.optional(),
});

export interface ReserveInput<FeatureId extends string = string> {
  customerId: string;
  featureId: FeatureId;
  /** The most that the work may use. */
  amount: number;
  /** After this long it lapses by itself and what it held comes back. Default 15 minutes, at most 30 days. */
  expiresInMs?: number | undefined;
  reason?: string | undefined;
  actor?: string | undefined;
}

export interface ReserveResult {
  /** Null when the balance does not cover the amount; then nothing was taken. */
  reservation: { id: string; amount: number; expiresAt: Date } | null;
  balance: Balance;
}

/**
 * Holds a quantity for work whose size is known only afterwards; `confirmReservation` or `releaseReservation` ends it.
 * Errors: FEATURE_UNKNOWN, INPUT_INVALID, CUSTOMER_UNKNOWN.
 */
export async function reserve(context: Context, input: ReserveInput): Promise<ReserveResult> {
  const { customerId, featureId, amount, expiresInMs, ...notes } = parseInput(schema, input);
  findItem(context.catalog, featureId);
  const reservationId = randomUUID();
  let reservation: ReserveResult["reservation"] = null;
  const balance = await changeStack(context, {
    ...{ customerId, featureId, kind: "reserve", ...notes },
    change: async (stack, now, tx) => {
      const take = takeFromStack({ stack, featureId, amount, now, mayOwe: false });
      if (!take.succeeded) return { stack: take.stack, amount: 0 };
      const expiresAt = new Date(now.getTime() + expiresInMs);
      const reserved = reserveTake({ take, reservationId, expiresAt, now });
      await addReservation(tx, {
        ...{ customerId, reservationId, featureId, amount, expiresAt },
        ...{ status: "held", taken: reserved.parts, createdAt: now },
      });
      reservation = { id: reservationId, amount, expiresAt };
      return { stack: reserved.stack, amount: -amount };
    },
  });
  return { reservation, balance };
}

const endSchema = z.object({
  customerId: customerIdSchema,
  featureId: z.string(),
  reservationId: z.string().min(1).max(64),
  amount: z.int().min(0).optional(),
  idempotencyKey: idempotencyKeySchema.optional(),
});

export interface ReleaseInput<FeatureId extends string = string> {
  customerId: string;
  featureId: FeatureId;
  reservationId: string;
}

export interface ConfirmInput<FeatureId extends string = string> extends ReleaseInput<FeatureId> {
  /** What was really used: less gives the rest back, more takes it, into debt if need be. Default: all of it. */
  amount?: number | undefined;
  /** With it, work that was done twice counts once: the second confirmation gives all of its own reservation back. */
  idempotencyKey?: string | undefined;
}

/**
 * Counts what the work used. The work is done, so it counts also when the reservation has lapsed meanwhile. Once confirmed,
 * the same call again changes nothing. Errors: RESERVATION_UNKNOWN, FEATURE_UNKNOWN, INPUT_INVALID, CUSTOMER_UNKNOWN.
 */
export async function confirmReservation(context: Context, input: ConfirmInput): Promise<Balance> {
  const { amount, ...id } = parseInput(endSchema, input);
  return end(context, { ...id, kind: "confirm" }, (held) => amount ?? held.amount);
}

/** Gives all of it back. Errors: RESERVATION_UNKNOWN, FEATURE_UNKNOWN, INPUT_INVALID, CUSTOMER_UNKNOWN. */
export async function releaseReservation(context: Context, input: ReleaseInput): Promise<Balance> {
  const { customerId, featureId, reservationId } = parseInput(endSchema, input);
  return end(context, { customerId, featureId, reservationId, kind: "release" }, () => 0);
}

const endings = { confirm: "confirmed", release: "released" } as const;

interface EndInput {
  customerId: string;
  featureId: string;
  reservationId: string;
  kind: keyof typeof endings;
  idempotencyKey?: string | undefined;
}

async function end(
  context: Context,
  { customerId, featureId, reservationId, kind, idempotencyKey }: EndInput,
  usedOf: (held: ReservationRow) => number,
): Promise<Balance> {
  findItem(context.catalog, featureId);
  const find = (tx: Orm) => findHeld(tx, { customerId, featureId, reservationId });
  return changeStack(context, {
    ...{ customerId, featureId, kind, reason: reservationId, idempotencyKey },
    change: async (stack, now, tx) => {
      const held = await find(tx);
      const status = endings[kind];
      if (held.status === status) return { stack, amount: 0 };
      if (held.status !== "held") throw isOver(held);
      await closeReservation(tx, { customerId, reservationId, status });
      return settleReservation({ stack, held, used: usedOf(held), now });
    },
    repeat: async (stack, now, tx) => {
      const held = await find(tx);
      if (held.status !== "held") return { stack, amount: 0 };
      await closeReservation(tx, { customerId, reservationId, status: endings.release });
      return settleReservation({ stack, held, used: 0, now });
    },
  });
}

async function findHeld(
  tx: Orm,
  { customerId, featureId, reservationId }: { customerId: string; featureId: string; reservationId: string },
): Promise<ReservationRow> {
  const held = await lockReservation(tx, { customerId, reservationId });
  if (held !== null && held.featureId === featureId) return held;
  throw new PayKitError(
    "RESERVATION_UNKNOWN",
    `The customer has no reservation "${reservationId}" of "${featureId}".`,
  );
}

function isOver({ reservationId, status }: ReservationRow): PayKitError {
  return new PayKitError(
    "RESERVATION_UNKNOWN",
    `The reservation "${reservationId}" has been ${status} already.`,
  );
}

interface SettleInput {
  stack: GrantRow[];
  held: ReservationRow;
  used: number;
  now: Date;
}

function settleReservation({ stack, held, used, now }: SettleInput) {
  const { reservationId, featureId, amount, taken } = held;
  // Lapsed: what it held has come back by itself, and the work is a use like any other.
  if (held.expiresAt <= now) return takeMore(stack, { featureId, amount: used, now });
  const open = withoutReturns(stack, reservationId);
  if (used > amount) return takeMore(open, { featureId, amount: used - amount, now });
  return {
    stack: giveBack({ stack: open, parts: taken, amount: amount - used, now }),
    amount: amount - used,
  };
}

function takeMore(
  stack: GrantRow[],
  { featureId, amount, now }: { featureId: string; amount: number; now: Date },
) {
  if (amount === 0) return { stack, amount: 0 };
  return { stack: takeFromStack({ stack, featureId, amount, now, mayOwe: true }).stack, amount: -amount };
}
