import type { Query, QueryClient } from "@tanstack/react-query";
import { handlerKey, viewerOf } from "../client/keys.js";
import type { Sender } from "../client/send-command.js";

/** Takes everything that a person was shown out of the cache, because somebody else is signed in now. */
export function forgetViewer({ queryClient, ...connection }: Sender) {
  const predicate = (query: Query) => viewerOf(query) === connection.viewerId;
  queryClient.removeQueries({ queryKey: handlerKey(connection), predicate });
}

/**
 * When the answer to "who is signed in" becomes another person's under a key that does not say who, what else is under it
 * was the previous one's.
 */
export function forgetBeside(queryClient: QueryClient, query: Query) {
  const predicate = (other: Query) => other !== query && viewerOf(other) === viewerOf(query);
  void queryClient.resetQueries({ queryKey: query.queryKey.slice(0, 2), predicate });
}
