import { eq, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { event } from "./schema/index.js";

export async function isEventProcessed(orm: Orm, eventId: string): Promise<boolean> {
  const rows = await orm.select({ eventId: event.eventId }).from(event).where(eq(event.eventId, eventId));
  return rows.length > 0;
}

export async function recordEvent(
  orm: Orm,
  { eventId, customerId, type }: { eventId: string; customerId: string | null; type: string },
): Promise<void> {
  await orm.insert(event).values({ eventId, customerId, type }).onConflictDoNothing();
}

/** Stripe repeats an event for three days, and a person can resend it for thirty. */
export async function forgetOldEvents(orm: Orm): Promise<void> {
  await orm.delete(event).where(sql`${event.processedAt} < now() - interval '60 days'`);
}
