import { randomUUID } from "node:crypto";
import { PayKitError } from "../contract/index.js";
import { extendChange, type HeldChange, holdChange, releaseChange } from "../database/change.js";
import type { Database } from "../database/index.js";
import { type IdempotencyKey, toIdempotencyKey } from "../stripe/idempotency-key.js";

/** The right to change something at Stripe for one customer, held by one process at a time. */
export interface Change {
  /** An idempotency key for one step of this change. */
  key: (step: string) => IdempotencyKey;
}

const holdMs = 30_000;
const waitMs = 20_000;
const longestPauseMs = 400;

export interface ChangeOf {
  database: Database;
  customerId: string;
}

/**
 * Runs `run` while no other change of the customer runs, in this process or another. Who comes second waits, and then
 * decides on what the first has left. Errors: SUBSCRIPTION_CHANGED when the wait is too long.
 */
export async function withChange<T>(of: ChangeOf, run: (change: Change) => Promise<T>): Promise<T> {
  const held = await waitForHold(of);
  // A process that dies stops extending, and half a minute later the next one may go on.
  const extending = setInterval(() => void extend(of, held), holdMs / 3);
  extending.unref();
  try {
    return await run({ key: (step) => toIdempotencyKey(step, of.customerId, held.token) });
  } finally {
    clearInterval(extending);
    await of.database.query((orm) => releaseChange(orm, { ...held, ...of })).catch(() => undefined);
  }
}

async function waitForHold({ database, customerId }: ChangeOf): Promise<HeldChange> {
  const deadline = Date.now() + waitMs;
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const held = await database.query((orm) => holdChange(orm, { customerId, token: randomUUID(), holdMs }));
    if (held !== null) return held;
    if (Date.now() > deadline) throw tooLong();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function tooLong(): PayKitError {
  return new PayKitError(
    "SUBSCRIPTION_CHANGED",
    "Another change for this customer is still under way. Look at the customer again, then try again.",
  );
}

async function extend({ database, customerId }: ChangeOf, { token }: HeldChange): Promise<void> {
  await database.query((orm) => extendChange(orm, { customerId, token, holdMs })).catch(() => undefined);
}
