import type { SubscribeAnswer, SubscribeBody } from "@paykit/server/contract";
import type { Connection } from "../client/connection.js";
import { commandOptions } from "./command-options.js";

/** Starts, upgrades, downgrades, cancels (to the default plan) or resumes a plan. */
export function subscribeOptions(connection: Connection = {}) {
  return commandOptions<SubscribeAnswer, SubscribeBody>(connection, "/subscribe");
}
