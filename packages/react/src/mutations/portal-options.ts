import type { PortalBody, UrlAnswer } from "@paykit/server/contract";
import type { Connection } from "../client/connection.js";
import { commandOptions } from "./command-options.js";

/** Creates a portal session and answers with the URL of its page. */
export function portalOptions(connection: Connection = {}) {
  return commandOptions<UrlAnswer, PortalBody>(connection, "/portal");
}
