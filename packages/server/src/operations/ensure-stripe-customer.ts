import { createHash } from "node:crypto";
import { PayKitError } from "../contract/index.js";
import {
  type BillingCustomer,
  getBillingCustomer,
  linkStripeCustomer,
  setStripeProfile,
} from "../database/sync-state.js";
import { createStripeCustomer, updateStripeCustomer } from "../stripe/customers.js";
import { toIdempotencyKey } from "../stripe/idempotency-key.js";
import type { App } from "./app.js";

/**
 * The customer's id at Stripe. Made at the first purchase and once: callers hold the customer's change, the link is
 * written only while there is none, and the idempotency key is the same for every attempt. An email or name that changed
 * since is told to Stripe on this occasion.
 */
export async function ensureStripeCustomer(app: App, customerId: string): Promise<string> {
  const customer = await getKnownCustomer(app, customerId);
  const profile = hashProfile(customer);
  const { client } = await app.gateway();
  if (customer.stripeCustomerId === null) return createLinked(app, customer);
  if (customer.stripeProfile !== profile) {
    await updateStripeCustomer(client, customer.stripeCustomerId, customer);
    await app.database.query((orm) => setStripeProfile(orm, customerId, profile));
  }
  return customer.stripeCustomerId;
}

/** Errors: CUSTOMER_UNKNOWN. */
export async function getKnownCustomer(app: App, customerId: string): Promise<BillingCustomer> {
  const customer = await app.database.query((orm) => getBillingCustomer(orm, customerId));
  if (customer !== null) return customer;
  throw new PayKitError(
    "CUSTOMER_UNKNOWN",
    `There is no customer "${customerId}". Call upsertCustomer first.`,
  );
}

async function createLinked(app: App, customer: BillingCustomer): Promise<string> {
  const { customerId, email, name, createdAt } = customer;
  const profile = hashProfile(customer);
  const { client, isLive } = await app.gateway();
  const stripeCustomerId = await createStripeCustomer(client, {
    customerId,
    email,
    name,
    testClockId: null,
    idempotencyKey: toIdempotencyKey(
      "customer",
      customerId,
      createdAt.getTime(),
      profile,
      customer.stripeProfile,
    ),
  });
  const isLinked = await app.database.query((orm) =>
    linkStripeCustomer(orm, { customerId, stripeCustomerId, stripeProfile: profile, isLive }),
  );
  if (isLinked) return stripeCustomerId;
  const linked = await getKnownCustomer(app, customerId);
  return linked.stripeCustomerId ?? stripeCustomerId;
}

function hashProfile({ email, name }: { email: string | null; name: string | null }): string {
  return createHash("sha256")
    .update(JSON.stringify([email, name]))
    .digest("hex")
    .slice(0, 16);
}
