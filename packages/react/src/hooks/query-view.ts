import type { PayKitError } from "@paykit/server/contract";
import type { UseQueryResult } from "@tanstack/react-query";

/** What every reading hook hands out beside its own fields. */
export interface QueryView {
  error: PayKitError | null;
  /** Asks the server again. */
  refetch: () => Promise<unknown>;
  isPending: boolean;
  isFetching: boolean;
  isError: boolean;
}

/**
 * A hook's own fields over TanStack's. Those are inherited and not copied, because TanStack renders a component only for
 * what it has read: a refetch of equal data renders nothing, unless `isFetching` is on the page.
 */
export function withQuery<Fields extends object>(
  fields: Fields,
  query: UseQueryResult<unknown, PayKitError>,
): Fields & QueryView {
  return Object.create(query, Object.getOwnPropertyDescriptors(fields));
}
