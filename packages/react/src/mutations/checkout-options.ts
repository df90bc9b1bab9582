import type { CheckoutBody, UrlAnswer } from "@paykit/server/contract";
import type { Connection } from "../client/connection.js";
import { commandOptions } from "./command-options.js";

/** Creates a checkout session and answers with the URL of its page. */
export function checkoutOptions(connection: Connection = {}) {
  return commandOptions<UrlAnswer, CheckoutBody>(connection, "/checkout");
}
