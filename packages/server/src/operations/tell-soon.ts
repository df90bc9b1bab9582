import { deliverNotices } from "../sync/deliver-notices.js";
import type { App } from "./app.js";

/**
 * Tells the app what a command changed, without making the command wait or fail: what cannot be told now stays, and the
 * webhook of the same change tells it.
 */
export function tellSoon(app: App, customerId: string): void {
  void tellNow(app, customerId);
}

/** The same, and waits for it; it never rejects. */
export async function tellNow({ database, tell, log }: App, customerId: string): Promise<void> {
  await deliverNotices({ database, customerId, tell }).catch((error) => {
    log.error(`paykit: could not tell the app about customer ${customerId} yet`, error);
  });
}
