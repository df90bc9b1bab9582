import type { BilledState } from "../subscription/billed.js";
import { type FindProduct, type PlanLine, toPlanLines } from "../subscription/plan-lines.js";
import { isGiving } from "../subscription/status.js";
import { findProducts } from "../sync/find-product.js";
import { nothingBilled } from "../sync/read-billed-state.js";
import type { App } from "./app.js";

export interface Held {
  lines: PlanLine[];
  state: BilledState;
  findProduct: FindProduct;
}

/** The plans that a customer is on right now, as Stripe says, and what they were read from. */
export async function readHeld(app: App, customerId: string): Promise<Held> {
  const state = (await app.sync(customerId)) ?? nothingBilled;
  const findProduct = await app.database.query((orm) => findProducts(orm, app.catalog, state));
  const { lines } = toPlanLines(state, findProduct);
  return { lines: lines.filter(({ subscription }) => isGiving(subscription.status)), state, findProduct };
}
