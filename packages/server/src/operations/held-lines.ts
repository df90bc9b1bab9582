import { type PlanLine, toPlanLines } from "../subscription/plan-lines.js";
import { isGiving } from "../subscription/status.js";
import { findProducts } from "../sync/find-product.js";
import type { App } from "./app.js";

/** The plans that a customer is on right now, as Stripe says. */
export async function listHeldLines(app: App, customerId: string): Promise<PlanLine[]> {
  const state = await app.sync(customerId);
  if (state === null) return [];
  const findProduct = await app.database.query((orm) => findProducts(orm, app.catalog, state));
  return toPlanLines(state, findProduct).lines.filter(({ subscription }) => isGiving(subscription.status));
}
