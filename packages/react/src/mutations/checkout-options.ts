import { type CheckoutBody, routes, type UrlAnswer, type WithCustomer } from "@paykit/server/contract";
import type { Connection } from "../client/connection.js";
import { commandOptions, type Loose } from "./command-options.js";

/** Creates a checkout session and answers with the URL of its page. */
export function checkoutOptions(connection: Connection = {}) {
  return commandOptions<UrlAnswer & Partial<WithCustomer>, Loose<CheckoutBody>>(connection, routes.checkout);
}
