import { createHash, randomUUID } from "node:crypto";
import {
  type BillingCustomer,
  getBillingCustomer,
  linkStripeCustomer,
  setStripeProfile,
} from "../database/sync-state.js";
import { createStripeCustomer, updateStripeCustomer } from "../stripe/customers.js";
import { toIdempotencyKey } from "../stripe/idempotency-key.js";
import { createTestClock } from "../stripe/test-clocks.js";
import type { App } from "./app.js";
import { unknownCustomer } from "./input.js";

/** A customer whom Stripe knows. */
export type LinkedCustomer = BillingCustomer & { stripeCustomerId: string };

/**
 * The customer, known to Stripe. Made there at the first purchase and once: callers hold the customer's change, the link
 * is written only while there is none, and the idempotency key is the same for every attempt. An email or name that
 * changed since is told to Stripe on this occasion.
 */
export async function ensureStripeCustomer(app: App, customerId: string): Promise<LinkedCustomer> {
  const customer = await getKnownCustomer(app, customerId);
  const { stripeCustomerId, stripeProfile } = customer;
  if (stripeCustomerId === null) return createLinked(app, customer);
  const profile = hashProfile(customer);
  if (stripeProfile !== profile) {
    const { client } = await app.gateway();
    await updateStripeCustomer(client, stripeCustomerId, customer);
    await app.database.query((orm) => setStripeProfile(orm, customerId, profile));
  }
  return { ...customer, stripeCustomerId };
}

/** Errors: CUSTOMER_UNKNOWN. */
export async function getKnownCustomer(app: App, customerId: string): Promise<BillingCustomer> {
  const customer = await app.database.query((orm) => getBillingCustomer(orm, customerId));
  if (customer !== null) return customer;
  throw unknownCustomer(customerId);
}

async function createLinked(app: App, customer: BillingCustomer): Promise<LinkedCustomer> {
  const { customerId, email, name, createdAt } = customer;
  const profile = hashProfile(customer);
  const identity = [customerId, createdAt.getTime(), profile, customer.stripeProfile];
  const { client, isLive } = await app.gateway();
  const clock = app.usesTestClocks
    ? await createTestClock(client, {
        now: new Date(),
        name: customerId,
        // Begins now, and so is another clock at every attempt.
        idempotencyKey: toIdempotencyKey("clock", randomUUID()),
      })
    : null;
  const stripeCustomerId = await createStripeCustomer(client, {
    customerId,
    email,
    name,
    testClockId: clock?.id ?? null,
    idempotencyKey: toIdempotencyKey("customer", ...identity, clock?.id ?? null),
  });
  await app.database.query((orm) =>
    linkStripeCustomer(orm, {
      ...{ customerId, stripeCustomerId, stripeProfile: profile, stripeLivemode: isLive },
      ...{ testClockId: clock?.id ?? null, testClockNow: clock?.now ?? null },
    }),
  );
  const linked = await getKnownCustomer(app, customerId);
  return { ...linked, stripeCustomerId: linked.stripeCustomerId ?? stripeCustomerId };
}

function hashProfile({ email, name }: { email: string | null; name: string | null }): string {
  return createHash("sha256")
    .update(JSON.stringify([email, name]))
    .digest("hex")
    .slice(0, 16);
}
