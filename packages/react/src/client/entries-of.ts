import type { QueryFilters, QueryKey } from "@tanstack/react-query";
import type { Connection } from "./connection.js";
import { handlerKey } from "./keys.js";

/** The cache entries that a viewer asked for, whoever they are about, but for one of them. */
export function entriesOf(connection: Connection, except?: QueryKey): QueryFilters {
  const { viewerId = null } = connection;
  return {
    queryKey: handlerKey(connection),
    predicate: ({ queryKey }) => queryKey[3] === viewerId && queryKey !== except,
  };
}
