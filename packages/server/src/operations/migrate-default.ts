import { randomUUID } from "node:crypto";
import type { Plan } from "../catalog/model.js";
import { lockCustomerRow, setDefaultPlans } from "../database/customer.js";
import { addNotices } from "../database/notice.js";
import { toGiven } from "../sync/find-defaults.js";
import type { App } from "./app.js";
import { giveDefaults } from "./give-defaults.js";
import { tellNow } from "./tell-soon.js";

/**
 * Moves one customer to what their default plan is now. In one transaction, so that a crash leaves each customer on the old
 * one or the new one. Null when that is done; else why not.
 */
export async function migrateDefault(app: App, customerId: string, plan: Plan): Promise<string | null> {
  const { database, usesTestClocks } = app;
  const isTold = app.listensTo("customer.updated");
  const isThere = await database.transaction(async (tx) => {
    const customer = await lockCustomerRow(tx, customerId);
    if (customer === null) return false;
    await setDefaultPlans(tx, { customerId, given: toGiven([plan]) });
    const replacedPlanId = customer.defaultPlans[plan.group ?? ""]?.planId;
    await giveDefaults(tx, { customer, plans: [plan], replacedPlanId, usesTestClocks });
    const noticeId = `customer.updated:default:${randomUUID()}`;
    if (isTold) await addNotices(tx, [{ customerId, noticeId, type: "customer.updated", facts: {} }]);
    return true;
  });
  if (!isThere) return "the customer is gone";
  // One at a time: there may be a great many, and nothing else here takes long.
  if (isTold) await tellNow(app, customerId);
  return null;
}
