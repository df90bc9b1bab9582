import type { Query, QueryClient } from "@tanstack/react-query";
import { subjectOf } from "../client/connection.js";
import { handlerKey, subjectOfQuery } from "../client/keys.js";
import type { PayKit } from "./context.js";

const viewers = new WeakMap<QueryClient, string | null | undefined>();

/**
 * When another person is signed in than this client served last, nothing of the one before stays: what is on the page is
 * asked for anew, everything else goes.
 */
export function forgetPreviousViewer(paykit: PayKit) {
  const { queryClient, viewerId } = paykit;
  const isSame = !viewers.has(queryClient) || viewers.get(queryClient) === viewerId;
  viewers.set(queryClient, viewerId);
  if (isSame) return;
  const subject = subjectOf(paykit);
  const predicate = (query: Query) => ![undefined, subject].includes(subjectOfQuery(query));
  const filters = { queryKey: handlerKey(paykit), predicate };
  queryClient.removeQueries({ ...filters, type: "inactive" });
  void queryClient.resetQueries(filters);
}

/**
 * When the answer to "who is signed in" becomes another person's under a key that does not say who, what else is under it
 * was the previous one's.
 */
export function forgetBeside({ queryClient }: PayKit, query: Query) {
  const predicate = (other: Query) => other !== query && subjectOfQuery(other) === subjectOfQuery(query);
  void queryClient.resetQueries({ queryKey: query.queryKey.slice(0, 2), predicate });
}
