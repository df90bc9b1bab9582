import { type SQL, sql } from "drizzle-orm";
import { customer } from "./schema/index.js";

/**
 * "Now" is the database's, because the processes' clocks may differ by minutes and all of them meet there. To the
 * millisecond, as JavaScript has it. In tests a customer's own clock, when there is one, takes its place.
 */
export function nowOf(customerId: SQL | string, usesTestClocks: boolean): SQL<Date> {
  const wall = sql<Date>`date_trunc('milliseconds', now())`;
  if (!usesTestClocks) return wall;
  return sql<Date>`coalesce((select ${customer.testClockNow} from ${customer} where ${customer.customerId} = ${customerId}), ${wall})`;
}
