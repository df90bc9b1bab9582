import type { Query, QueryClient } from "@tanstack/react-query";
import { type Connection, subjectOf } from "../client/connection.js";
import { handlerKey } from "../client/keys.js";

const viewers = new WeakMap<QueryClient, string | null>();

/**
 * When another person is signed in than this client served last, nothing of the one before stays: what is on the page is
 * asked for anew, everything else goes.
 */
export function forgetPreviousViewer(client: QueryClient, connection: Connection) {
  const viewer = connection.viewerId ?? null;
  const previous = viewers.get(client);
  viewers.set(client, viewer);
  if (previous === undefined || previous === viewer) return;
  const isForeign = ({ queryKey }: Query) => isOfAnother(queryKey[2], subjectOf(connection));
  const queryKey = handlerKey(connection);
  client.removeQueries({ queryKey, type: "inactive", predicate: isForeign });
  void client.resetQueries({ queryKey, type: "active", predicate: isForeign });
}

function isOfAnother(part: unknown, customerId: string | null): boolean {
  return typeof part === "object" && part !== null && "customerId" in part && part.customerId !== customerId;
}
