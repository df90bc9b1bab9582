import type { PayKitState, WireSnapshot } from "@paykit/server/contract";
import type { QueryClient } from "@tanstack/react-query";
import { customerKey } from "../client/keys.js";
import type { Sender } from "../client/send-command.js";

const seeded = new WeakMap<PayKitState, QueryClient>();

/**
 * Puts what the server rendered with into the cache, while rendering, so that the first paint already has it. Each state
 * is put in once, never under another customer's key, and never over something newer: a router may hand out a page that
 * it kept from before.
 */
export function seed(sender: Sender, state: PayKitState) {
  const { queryClient } = sender;
  const { status, customer } = state;
  if (status === "pending" || seeded.get(state) === queryClient) return;
  if (customer && customer.customerId !== (sender.customerId ?? sender.viewerId)) return;
  seeded.set(state, queryClient);
  queryClient.setQueryData<WireSnapshot | null>(customerKey(sender, "customer"), (held) =>
    held && customer && held.now > customer.now ? undefined : customer,
  );
}
