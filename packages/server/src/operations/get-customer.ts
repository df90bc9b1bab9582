import { loadCustomer } from "../database/load-customer.js";
import type { Context } from "./context.js";
import { type Customer, toCustomer } from "./customer.js";
import { customerIdSchema, parseInput } from "./input.js";

/** A customer with plans and entitlements, in one query; null when unknown. Errors: INPUT_INVALID. */
export async function getCustomer(context: Context, input: { id: string }): Promise<Customer | null> {
  const customerId = parseInput(customerIdSchema, input.id);
  const { database, usesTestClocks } = context;
  const record = await loadCustomer(database, { customerId, usesTestClocks });
  return record === null ? null : toCustomer(context, record);
}
