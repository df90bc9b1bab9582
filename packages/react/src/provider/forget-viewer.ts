import type { Query } from "@tanstack/react-query";
import { handlerKey, viewerOf } from "../client/keys.js";
import type { Sender } from "../client/send-command.js";

/** Takes everything that a person was shown out of the cache, because somebody else is signed in now. */
export function forgetViewer({ queryClient, basePath, viewerId }: Sender) {
  const predicate = (query: Query) => viewerOf(query) === viewerId;
  queryClient.removeQueries({ queryKey: handlerKey({ basePath }), predicate });
}
