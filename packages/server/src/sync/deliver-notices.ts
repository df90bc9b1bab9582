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
 * once; when the app throws, it stays for the next time and the error goes to the caller. True when nothing is left, false
 * when somebody else is telling it right now.
 */
export async function deliverNotices({ database, customerId, tell }: DeliverInput): Promise<boolean> {
  for (;;) {
    const { next, hasPending } = await database.query((orm) => claimNotice(orm, customerId));
    if (next === null) return !hasPending;
    const { noticeId } = next;
    try {
      await tell(next);
    } catch (error) {
      await database.query((orm) => settleNotice(orm, { customerId, noticeId, delivered: false }));
      throw error;
    }
    await database.query((orm) => settleNotice(orm, { customerId, noticeId, delivered: true }));
  }
}

const pauseMs = 50;
const patienceMs = 8_000;

/** The same, and waits for whoever else is telling: an event is done only when the app has heard of it. */
export async function deliverAllNotices(input: DeliverInput): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await deliverNotices(input))) {
    if (Date.now() > deadline) throw new Error("another process has not finished telling the app yet");
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
