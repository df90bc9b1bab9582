import { PayKitError } from "../contract/index.js";
import { setTestClock } from "../database/sync-state.js";
import { advanceTestClock as advance, getTestClock as get } from "../stripe/test-clocks.js";
import type { App } from "./app.js";
import { ensureStripeCustomer } from "./ensure-stripe-customer.js";
import { withChange } from "./with-change.js";

export interface CustomerClock {
  /** The customer's now. */
  now: Date;
  status: "ready" | "advancing" | "internal_failure";
}

/** The customer's test clock, made when there is none. Errors: TEST_CLOCK_FORBIDDEN, CUSTOMER_UNKNOWN, and those of Stripe. */
export async function getTestClock(app: App, { customerId }: { customerId: string }): Promise<CustomerClock> {
  const clockId = await ensureClock(app, customerId);
  const { client } = await app.gateway();
  const { now, status } = await get(client, clockId);
  return { now, status };
}

/**
 * Moves the customer's clock and waits until Stripe has done all that falls due by then; from then on that is the
 * customer's now. Errors: TEST_CLOCK_FORBIDDEN, CUSTOMER_UNKNOWN, and those of Stripe.
 */
export async function advanceTestClock(
  app: App,
  { customerId, to }: { customerId: string; to: Date },
): Promise<CustomerClock> {
  const testClockId = await ensureClock(app, customerId);
  const { client } = await app.gateway();
  const { now, status } = await advance(client, testClockId, to);
  await app.database.query((orm) => setTestClock(orm, { customerId, testClockId, testClockNow: now }));
  await app.sync(customerId);
  return { now, status };
}

/** A clock belongs to a customer at Stripe from its making on, so asking for the clock makes both. */
async function ensureClock(app: App, customerId: string): Promise<string> {
  if (!app.usesTestClocks) {
    throw new PayKitError("TEST_CLOCK_FORBIDDEN", "Set testing: { testClocks: true } in createPayKit first.");
  }
  return withChange({ database: app.database, customerId }, async () => {
    const { testClockId } = await ensureStripeCustomer(app, customerId);
    if (testClockId !== null) return testClockId;
    throw new PayKitError(
      "TEST_CLOCK_FORBIDDEN",
      "This customer was made at Stripe without a test clock, and can never be on one.",
    );
  });
}
