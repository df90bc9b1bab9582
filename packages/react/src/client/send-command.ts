import type { WireSnapshot, WithCustomer } from "@paykit/server/contract";
import type { QueryClient } from "@tanstack/react-query";
import type { Connection } from "./connection.js";
import { customerKey } from "./keys.js";
import { type Route, request } from "./request.js";

export interface Sender extends Connection {
  queryClient: QueryClient;
}

/**
 * Sends a command for the connection's customer, with a key for this one click; the snapshot in the answer is in the cache when
 * this resolves. A read that began before must not overwrite it; and when the entry holds somebody else by now, it is asked
 * for anew instead.
 */
export async function sendCommand<Answer extends object>(
  sender: Sender,
  path: Route,
  body: object,
): Promise<Answer & Partial<WithCustomer>> {
  // Not `randomUUID`, which is missing on pages without HTTPS, such as a phone on the local network.
  const idempotencyKey = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const answer = await request<Answer & Partial<WithCustomer>>(sender, {
    path,
    body: { idempotencyKey, ...body },
  });
  const { queryClient } = sender;
  const queryKey = customerKey(sender, "customer");
  const held = queryClient.getQueryData<WireSnapshot | null>(queryKey);
  if (answer.customer && held?.customerId === answer.customer.customerId) {
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, answer.customer);
  } else if (answer.customer) await queryClient.invalidateQueries({ queryKey });
  return answer;
}
