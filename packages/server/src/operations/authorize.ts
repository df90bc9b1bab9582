import type { Product } from "../catalog/model.js";
import { PayKitError } from "../contract/index.js";
import type { BillingCustomer } from "../database/sync-state.js";
import type { App, Caller, CommandName } from "./app.js";

export interface AskInput {
  customer: BillingCustomer;
  action: CommandName;
  product: Product | null;
  caller: Caller;
}

/** Asks the app whether this customer may do this. Errors: AUTHORIZATION_DENIED. */
export async function assertAuthorized(
  app: App,
  { customer, action, product, caller }: AskInput,
): Promise<void> {
  if (app.authorize === null) return;
  const { customerId: id, email, name } = customer;
  const isAllowed = await app.authorize({
    customer: { id, email, name },
    action,
    product: product === null ? null : { id: product.id, name: product.name },
    request: caller.request,
    identity: caller.identity,
  });
  if (isAllowed !== true) {
    throw new PayKitError("AUTHORIZATION_DENIED", `This customer may not do this (${action}).`);
  }
}
