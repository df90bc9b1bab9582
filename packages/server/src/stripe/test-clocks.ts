import type Stripe from "stripe";
import { PayKitError } from "../contract/index.js";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { toDate } from "./from-stripe.js";
import type { IdempotencyKey } from "./idempotency-key.js";

export interface TestClock {
  id: string;
  now: Date;
  status: "ready" | "advancing" | "internal_failure";
}

export async function createTestClock(
  stripe: StripeClient,
  { now, name, idempotencyKey }: { now: Date; name: string; idempotencyKey: IdempotencyKey },
): Promise<TestClock> {
  // Up, because a customer's time never goes back.
  const params = { frozen_time: Math.ceil(now.getTime() / 1000), name };
  return fromTestClock(
    await callStripe(() => createOnce(stripe.testHelpers.testClocks, { params, idempotencyKey })),
  );
}

export async function getTestClock(stripe: StripeClient, clockId: string): Promise<TestClock> {
  return fromTestClock(await callStripe(() => stripe.testHelpers.testClocks.retrieve(clockId)));
}

const pollMs = 500;
const patienceMs = 120_000;

/** Moves the clock and waits until everything that falls due by then has happened. */
export async function advanceTestClock(stripe: StripeClient, clockId: string, to: Date): Promise<TestClock> {
  const frozen_time = Math.floor(to.getTime() / 1000);
  let clock = fromTestClock(
    await callStripe(() => stripe.testHelpers.testClocks.advance(clockId, { frozen_time })),
  );
  const deadline = Date.now() + patienceMs;
  while (clock.status === "advancing" && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    clock = await getTestClock(stripe, clockId);
  }
  if (clock.status === "ready") return clock;
  throw new PayKitError("STRIPE_FAILED", `The test clock is ${clock.status} and did not become ready.`);
}

function fromTestClock({ id, frozen_time, status }: Stripe.TestHelpers.TestClock): TestClock {
  return { id, now: toDate(frozen_time), status: status as TestClock["status"] };
}
