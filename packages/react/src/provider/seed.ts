import { type PayKitState, toTime, type WireSnapshot } from "@paykit/server/contract";
import type { QueryClient } from "@tanstack/react-query";
import { type Connection, subjectOf } from "../client/connection.js";
import { customerKey } from "../client/keys.js";

const seeded = new WeakMap<PayKitState, QueryClient>();

/**
 * Puts what the server rendered with into the cache, while rendering, so that the first paint already has it. Each state
 * is put in once, never under another customer's key, and never over something newer: a router may hand out a page that
 * it kept from before.
 */
export function seed(client: QueryClient, connection: Connection, state: PayKitState) {
  if (state.status === "pending" || seeded.get(state) === client) return;
  const { customer } = state;
  if (customer !== null && customer.customerId !== subjectOf(connection)) return;
  seeded.set(state, client);
  const queryKey = customerKey(connection, "customer");
  const held = client.getQueryData<WireSnapshot | null>(queryKey);
  if (held && customer && toTime(held.now) > toTime(customer.now)) return;
  client.setQueryData(queryKey, customer);
}
