import type { WireSnapshot, WithCustomer } from "@paykit/server/contract";
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { askedCustomerId, type Connection } from "./connection.js";
import { customerKey } from "./keys.js";
import { request } from "./request.js";

export interface Sender {
  connection: Connection;
  queryClient: QueryClient;
}

/** Sends a command for the connection's customer; the snapshot in the answer is in the cache when this resolves. */
export async function sendCommand<Answer extends Partial<WithCustomer>>(
  { connection, queryClient }: Sender,
  path: string,
  body: object,
): Promise<Answer> {
  const answer = await request<Answer>(connection, path, { ...askedCustomerId(connection), ...body });
  if (answer.customer) await applySnapshot(queryClient, customerKey(connection, "customer"), answer.customer);
  return answer;
}

/**
 * A read that began before the command must not overwrite its snapshot; and when the entry holds somebody else by now,
 * it is asked for anew instead.
 */
async function applySnapshot(client: QueryClient, queryKey: QueryKey, snapshot: WireSnapshot) {
  const held = client.getQueryData<WireSnapshot | null>(queryKey);
  if (held?.customerId !== snapshot.customerId) return client.invalidateQueries({ queryKey });
  await client.cancelQueries({ queryKey });
  client.setQueryData(queryKey, snapshot);
}
