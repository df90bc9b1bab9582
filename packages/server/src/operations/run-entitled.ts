import { findEntryByKey } from "../database/ledger.js";
import type { Balance } from "./balance.js";
import { check } from "./check.js";
import type { Context } from "./context.js";
import { findFeature } from "./input.js";
import { confirmReservation, releaseReservation, reserve } from "./reservations.js";

export interface RunEntitledInput<T, FeatureId extends string = string> {
  customerId: string;
  feature: FeatureId;
  /** How much the work may use, of a metered feature. Held while it runs. Default 1. */
  required?: number | undefined;
  /** How much it did use, once it is known. Default: `required`. */
  used?: ((result: T) => number) | undefined;
  /** Whether what came of it counts. Default: whatever does not throw. */
  isSuccess?: ((result: T) => boolean) | undefined;
  /** One per intended effect: work that is done again under the same key counts once. */
  idempotencyKey?: string | undefined;
  /** How long the work may take at most, before what it holds comes back. Default 15 minutes. */
  expiresInMs?: number | undefined;
}

export type RunEntitledResult<T> =
  /** `balance` is what was left before; null for a boolean feature. */
  | { allowed: false; balance: Balance | null }
  /** `balance` is what is left after. */
  | { allowed: true; result: T; balance: Balance | null };

/**
 * Runs work that a feature allows, and counts it only when it succeeds. What it may use is held meanwhile, so that two runs
 * at once cannot both spend the last unit. Errors: those of the work, FEATURE_UNKNOWN, INPUT_INVALID, CUSTOMER_UNKNOWN.
 */
export async function runEntitled<T>(
  context: Context,
  input: RunEntitledInput<T>,
  run: () => Promise<T>,
): Promise<RunEntitledResult<T>> {
  const { customerId, feature: featureId } = input;
  const isMetered = findFeature(context.catalog, featureId).type === "metered";
  if (isMetered) return runMetered(context, input, run);
  const { allowed } = await check(context, { customerId, featureId });
  return allowed ? { allowed, result: await run(), balance: null } : { allowed, balance: null };
}

async function runMetered<T>(
  context: Context,
  input: RunEntitledInput<T>,
  run: () => Promise<T>,
): Promise<RunEntitledResult<T>> {
  const { customerId, feature: featureId, required = 1, expiresInMs, idempotencyKey } = input;
  const { used = () => required, isSuccess = () => true } = input;
  const held = await reserve(context, { customerId, featureId, amount: required, expiresInMs });
  if (held.reservation === null) {
    // Work that was counted before may be done again, whatever is left by now.
    const isCounted = idempotencyKey !== undefined && (await hasKey(context, customerId, idempotencyKey));
    return isCounted
      ? { allowed: true, result: await run(), balance: held.balance }
      : { allowed: false, balance: held.balance };
  }
  const id = { customerId, featureId, reservationId: held.reservation.id };
  let result: T;
  try {
    result = await run();
  } catch (error) {
    await releaseReservation(context, id);
    throw error;
  }
  const balance = isSuccess(result)
    ? await confirmReservation(context, { ...id, amount: used(result), idempotencyKey })
    : await releaseReservation(context, id);
  return { allowed: true, result, balance };
}

async function hasKey({ database }: Context, customerId: string, key: string): Promise<boolean> {
  return (await database.query((orm) => findEntryByKey(orm, customerId, key))) !== null;
}
