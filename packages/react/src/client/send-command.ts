import type { WireSnapshot, WithCustomer } from "@paykit/server/contract";
import type { QueryClient } from "@tanstack/react-query";
import type { Connection } from "./connection.js";
import { customerKey } from "./keys.js";
import { type Route, request } from "./request.js";

export interface Sender extends Connection {
  queryClient: QueryClient;
}

/** Sends a command for the connection's customer; the snapshot in the answer is in the cache when this resolves. */
export async function sendCommand<Answer extends object>(
  sender: Sender,
  path: Route,
  body: object,
): Promise<Answer & Partial<WithCustomer>> {
  const answer = await request<Answer & Partial<WithCustomer>>(sender, {
    path,
    body: { idempotencyKey: createIdempotencyKey(), ...body },
  });
  if (answer.customer) await apply(sender, answer.customer);
  return answer;
}

/** One for every click. `randomUUID` is missing on pages without HTTPS, such as a phone on the local network. */
function createIdempotencyKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/**
 * A read that began before the command must not overwrite its snapshot; and when the entry holds somebody else by now,
 * it is asked for anew instead.
 */
async function apply(sender: Sender, snapshot: WireSnapshot) {
  const { queryClient } = sender;
  const queryKey = customerKey(sender, "customer");
  const held = queryClient.getQueryData<WireSnapshot | null>(queryKey);
  if (held?.customerId !== snapshot.customerId) return queryClient.invalidateQueries({ queryKey });
  await queryClient.cancelQueries({ queryKey });
  queryClient.setQueryData(queryKey, snapshot);
}
