import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Orm } from "./database.js";
import { notice } from "./schema/index.js";

export interface NewNotice {
  customerId: string;
  noticeId: string;
  type: string;
  facts: Record<string, unknown>;
}

export type PendingNotice = typeof notice.$inferSelect;

export async function addNotices(orm: Orm, notices: NewNotice[]): Promise<void> {
  if (notices.length > 0) await orm.insert(notice).values(notices).onConflictDoNothing();
}

const free = or(isNull(notice.claimedUntil), lt(notice.claimedUntil, sql`now()`));

/** The oldest one, claimed for half a minute, unless somebody else is delivering it. */
export async function claimNotice(
  orm: Orm,
  customerId: string,
): Promise<{ next: PendingNotice | null; hasPending: boolean }> {
  const pending = and(eq(notice.customerId, customerId), isNull(notice.deliveredAt));
  const [oldest] = await orm.select().from(notice).where(pending).orderBy(asc(notice.sequence)).limit(1);
  if (oldest === undefined) return { next: null, hasPending: false };
  const [claimed] = await orm
    .update(notice)
    .set({ claimedUntil: sql`now() + interval '30 seconds'` })
    .where(and(pending, eq(notice.noticeId, oldest.noticeId), free))
    .returning();
  return { next: claimed ?? null, hasPending: true };
}

export async function settleNotice(
  orm: Orm,
  { customerId, noticeId, delivered }: { customerId: string; noticeId: string; delivered: boolean },
): Promise<void> {
  await orm
    .update(notice)
    .set({ claimedUntil: null, deliveredAt: delivered ? sql`now()` : null })
    .where(and(eq(notice.customerId, customerId), eq(notice.noticeId, noticeId)));
}

export async function forgetOldNotices(orm: Orm): Promise<void> {
  await orm.delete(notice).where(sql`${notice.deliveredAt} < now() - interval '60 days'`);
}
