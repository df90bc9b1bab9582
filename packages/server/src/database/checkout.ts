import { and, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { type CheckoutStatus, checkout } from "./schema/index.js";

export type CheckoutRow = typeof checkout.$inferSelect;
export type NewCheckout = Omit<typeof checkout.$inferInsert, "status" | "createdAt">;

const unfinished: CheckoutStatus[] = ["opening", "open"];

/** Checkouts that somebody may still pay on, newest first: of one group, or of one product without a group. */
export async function listUnfinished(
  orm: Orm,
  of: { customerId: string; group: string | null; productId: string },
): Promise<CheckoutRow[]> {
  const sameThing =
    of.group === null
      ? and(isNull(checkout.group), eq(checkout.productId, of.productId))
      : eq(checkout.group, of.group);
  return orm
    .select()
    .from(checkout)
    .where(and(eq(checkout.customerId, of.customerId), inArray(checkout.status, unfinished), sameThing))
    .orderBy(desc(checkout.createdAt));
}

export async function listOpenCheckouts(orm: Orm, customerId: string): Promise<CheckoutRow[]> {
  return orm
    .select()
    .from(checkout)
    .where(and(eq(checkout.customerId, customerId), inArray(checkout.status, unfinished)));
}

export async function addCheckout(orm: Orm, row: NewCheckout): Promise<void> {
  await orm.insert(checkout).values({ ...row, status: "opening" });
}

interface CheckoutKey {
  customerId: string;
  checkoutId: string;
}

export async function markOpen(
  orm: Orm,
  { customerId, checkoutId, ...session }: CheckoutKey & { sessionId: string; url: string; expiresAt: Date },
): Promise<void> {
  await orm
    .update(checkout)
    .set({ ...session, status: "open" })
    .where(and(eq(checkout.customerId, customerId), eq(checkout.checkoutId, checkoutId)));
}

export async function markExpired(orm: Orm, { customerId, checkoutId }: CheckoutKey): Promise<void> {
  await orm
    .update(checkout)
    .set({ status: "expired" })
    .where(and(eq(checkout.customerId, customerId), eq(checkout.checkoutId, checkoutId)));
}

/** What was paid, by our id of the checkout or Stripe's of the session, is open no more. */
export async function completeCheckouts(
  orm: Orm,
  {
    customerId,
    checkoutIds,
    sessionIds,
  }: { customerId: string; checkoutIds: string[]; sessionIds: string[] },
): Promise<void> {
  const isPaid = or(inArray(checkout.checkoutId, checkoutIds), inArray(checkout.sessionId, sessionIds));
  await orm
    .update(checkout)
    .set({ status: "complete" })
    .where(and(eq(checkout.customerId, customerId), inArray(checkout.status, unfinished), isPaid));
}

export async function findCheckout(orm: Orm, sessionId: string): Promise<CheckoutRow | null> {
  const [row] = await orm.select().from(checkout).where(eq(checkout.sessionId, sessionId));
  return row ?? null;
}

export async function forgetOldCheckouts(orm: Orm): Promise<void> {
  await orm.delete(checkout).where(sql`${checkout.createdAt} < now() - interval '90 days'`);
}
