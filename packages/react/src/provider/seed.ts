import { type PayKitState, toTime, type WireSnapshot } from "@paykit/server/contract";
import type { QueryClient } from "@tanstack/react-query";
import { subjectOf } from "../client/connection.js";
import { customerKey } from "../client/keys.js";
import type { PayKit } from "./context.js";

const seeded = new WeakMap<PayKitState, QueryClient>();

/**
 * Puts what the server rendered with into the cache, while rendering, so that the first paint already has it. Each state
 * is put in once, never under another customer's key, and never over something newer: a router may hand out a page that
 * it kept from before.
 */
export function seed(paykit: PayKit, state: PayKitState) {
  const { queryClient } = paykit;
  const { status, customer } = state;
  if (status === "pending" || seeded.get(state) === queryClient) return;
  if (customer && customer.customerId !== subjectOf(paykit)) return;
  seeded.set(state, queryClient);
  const queryKey = customerKey(paykit, "customer");
  const held = queryClient.getQueryData<WireSnapshot | null>(queryKey);
  if (held && customer && toTime(held.now) > toTime(customer.now)) return;
  queryClient.setQueryData(queryKey, customer);
}
