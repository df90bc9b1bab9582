import { deliverNotices } from "../sync/deliver-notices.js";
import type { App } from "./app.js";

/**
 * Tells the app what a command changed, without making the command wait or fail: what cannot be told now stays, and the
 * webhook of the same change tells it.
 */
export function tellSoon({ database, tell, log }: App, customerId: string): void {
  deliverNotices({ database, customerId, tell }).catch((error) => {
    log.error(`paykit: could not tell the app about customer ${customerId} yet`, error);
  });
}
