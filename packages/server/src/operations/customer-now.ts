import type { BillingCustomer } from "../database/sync-state.js";
import type { App } from "./app.js";

/** What time it is for a customer: the test clock's for one who is on one. */
export function customerNow({ usesTestClocks }: App, { testClockNow }: BillingCustomer): Date {
  return usesTestClocks && testClockNow !== null ? testClockNow : new Date();
}
