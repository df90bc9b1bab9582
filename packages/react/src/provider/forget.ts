import type { QueryClient, QueryFilters, QueryKey } from "@tanstack/react-query";
import type { SnapshotQuery } from "./watch-snapshots.js";

/** Takes everything that a person was shown out of the cache, because somebody else is signed in now. */
export function forgetViewer(queryClient: QueryClient, handlerKey: QueryKey, viewerId: unknown) {
  queryClient.removeQueries(entriesOf(handlerKey, viewerId));
}

/**
 * When the answer to "who is signed in" becomes another person's under a key that does not say who, what else is under it
 * was the previous one's.
 */
export function forgetBeside(queryClient: QueryClient, { queryKey }: SnapshotQuery) {
  void queryClient.resetQueries(entriesOf(queryKey.slice(0, 2), queryKey[3], queryKey));
}

/** What a viewer asked for, whoever it is about: keys carry who asks in their fourth part. */
function entriesOf(handlerKey: QueryKey, viewerId: unknown, except?: QueryKey): QueryFilters {
  const predicate: QueryFilters["predicate"] = ({ queryKey }) =>
    queryKey[3] === viewerId && queryKey !== except;
  return { queryKey: handlerKey, predicate };
}
