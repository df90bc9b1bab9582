import type { Catalog } from "../catalog/model.js";
import type { Database } from "../database/index.js";
import type { Gateway } from "../stripe/gateway.js";

export type Log = Pick<Console, "warn" | "error">;

/** What reading Stripe and writing what it says needs. */
export interface SyncContext {
  catalog: Catalog;
  database: Database;
  /** Opened at the first use: making an app does no I/O. */
  gateway: () => Promise<Gateway>;
  /** Days that an unpaid plan goes on being given. */
  dunningDays: number;
  usesTestClocks: boolean;
  log: Log;
  /** Whether the app wants to be told of this type of notice. */
  listensTo: (type: string) => boolean;
}
