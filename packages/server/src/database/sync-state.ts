import { and, eq, lt, sql } from "drizzle-orm";
import type { GivenDefaults } from "../catalog/model.js";
import { nowOf } from "./clock.js";
import type { Orm } from "./database.js";
import { customer } from "./schema/index.js";

export interface SyncStart {
  /** Which read this is: a later one has a higher number. */
  read: number;
  stripeCustomerId: string | null;
  createdAt: Date;
  /** The customer's now. */
  now: Date;
}

/** Takes a number before Stripe is read; null when there is no such customer. */
export async function beginSync(
  orm: Orm,
  customerId: string,
  usesTestClocks: boolean,
): Promise<SyncStart | null> {
  const [row] = await orm
    .update(customer)
    .set({ syncStarted: sql`${customer.syncStarted} + 1` })
    .where(eq(customer.customerId, customerId))
    .returning({
      read: customer.syncStarted,
      stripeCustomerId: customer.stripeCustomerId,
      createdAt: customer.createdAt,
      now: nowOf(customerId, usesTestClocks).mapWith(customer.createdAt),
    });
  return row ?? null;
}

/** What is known of a customer whose state is about to be written. */
export interface ClaimedCustomer {
  defaultPlans: GivenDefaults;
}

/** Locks the customer's row for the rest of the transaction; null when a later read was written already. */
export async function claimSync(
  tx: Orm,
  customerId: string,
  { read, syncDueAt }: { read: number; syncDueAt: Date | null },
): Promise<ClaimedCustomer | null> {
  const rows = await tx
    .update(customer)
    .set({ syncApplied: read, syncedAt: sql`now()`, syncDueAt })
    .where(and(eq(customer.customerId, customerId), lt(customer.syncApplied, read)))
    .returning({ defaultPlans: customer.defaultPlans });
  return rows[0] ?? null;
}

export async function findCustomerByStripeId(orm: Orm, stripeCustomerId: string): Promise<string | null> {
  const [row] = await orm
    .select({ customerId: customer.customerId })
    .from(customer)
    .where(eq(customer.stripeCustomerId, stripeCustomerId));
  return row?.customerId ?? null;
}

export interface StripeLink {
  customerId: string;
  stripeCustomerId: string;
  stripeProfile: string;
  stripeLivemode: boolean;
  testClockId: string | null;
  testClockNow: Date | null;
}

/** Writes the link once: a customer who is linked already keeps what is there. */
export async function linkStripeCustomer(orm: Orm, { customerId, ...link }: StripeLink): Promise<void> {
  await orm
    .update(customer)
    .set(link)
    .where(and(eq(customer.customerId, customerId), sql`${customer.stripeCustomerId} is null`));
}

/** After the customer was deleted at Stripe: the next purchase makes a new one. */
export async function unlinkStripeCustomer(
  orm: Orm,
  { customerId, stripeCustomerId }: { customerId: string; stripeCustomerId: string },
): Promise<void> {
  await orm
    .update(customer)
    .set({
      stripeCustomerId: null,
      // Not null: the idempotency key of the next one must differ from that of the one that is gone.
      stripeProfile: `after ${stripeCustomerId}`,
      stripeLivemode: null,
      testClockId: null,
      testClockNow: null,
    })
    .where(and(eq(customer.customerId, customerId), eq(customer.stripeCustomerId, stripeCustomerId)));
}

export interface BillingCustomer {
  customerId: string;
  email: string | null;
  name: string | null;
  stripeCustomerId: string | null;
  stripeProfile: string | null;
  testClockId: string | null;
  testClockNow: Date | null;
  createdAt: Date;
}

export async function getBillingCustomer(orm: Orm, customerId: string): Promise<BillingCustomer | null> {
  const [row] = await orm
    .select({
      customerId: customer.customerId,
      email: customer.email,
      name: customer.name,
      stripeCustomerId: customer.stripeCustomerId,
      stripeProfile: customer.stripeProfile,
      testClockId: customer.testClockId,
      testClockNow: customer.testClockNow,
      createdAt: customer.createdAt,
    })
    .from(customer)
    .where(eq(customer.customerId, customerId));
  return row ?? null;
}

export async function setStripeProfile(orm: Orm, customerId: string, stripeProfile: string): Promise<void> {
  await orm.update(customer).set({ stripeProfile }).where(eq(customer.customerId, customerId));
}

export async function setTestClock(
  orm: Orm,
  { customerId, ...clock }: { customerId: string; testClockId: string; testClockNow: Date },
): Promise<void> {
  await orm.update(customer).set(clock).where(eq(customer.customerId, customerId));
}
