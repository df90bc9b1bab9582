import type { Database } from "../database/index.js";
import { claimNotice, type PendingNotice, settleNotice } from "../database/notice.js";

/** Tells the app; a rejection means that it was not told. */
export type Tell = (notice: PendingNotice) => Promise<void>;

export interface DeliverInput {
  database: Database;
  customerId: string;
  tell: Tell;
}

/**
 * Tells the app what was committed and not told yet, oldest first. Each notice is claimed by one process and told at least
 * once; when the app throws, it stays for the next time and the error goes to the caller.
 */
export async function deliverNotices({ database, customerId, tell }: DeliverInput): Promise<void> {
  for (;;) {
    const notice = await database.query((orm) => claimNotice(orm, customerId));
    if (notice === null) return;
    const { noticeId } = notice;
    try {
      await tell(notice);
    } catch (error) {
      await database.query((orm) => settleNotice(orm, { customerId, noticeId, delivered: false }));
      throw error;
    }
    await database.query((orm) => settleNotice(orm, { customerId, noticeId, delivered: true }));
  }
}
