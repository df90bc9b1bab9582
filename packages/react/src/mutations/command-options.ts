import type { PayKitError, WithCustomer } from "@paykit/server/contract";
import type { UseMutationOptions } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { customerKey } from "../client/keys.js";
import type { Loose, Route } from "../client/request.js";
import { sendCommand } from "../client/send-command.js";

export type CommandOptions<Answer, Body> = UseMutationOptions<
  Answer & Partial<WithCustomer>,
  PayKitError,
  Loose<Body>
>;

/**
 * What every command has in common: sent at once or not at all (one that waits for the network would buy something
 * later, unasked), kept in no cache, and forgotten when its key, which names the customer, changes.
 */
export function commandOptions<Answer extends object, Body extends object>(
  connection: Connection,
  path: Route,
): CommandOptions<Answer, Body> {
  return {
    mutationKey: customerKey(connection, "command", path),
    networkMode: "always",
    gcTime: 0,
    retry: false,
    mutationFn: (body, { client }) => sendCommand({ ...connection, queryClient: client }, path, body),
  };
}
