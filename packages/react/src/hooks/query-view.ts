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
 * A hook's own fields beside TanStack's. Those are read when the component reads them, because TanStack renders a component
 * only for what it has read: a refetch of equal data renders nothing, unless `isFetching` is on the page.
 */
export function withQuery<Fields extends object>(
  fields: Fields,
  query: UseQueryResult<unknown, PayKitError>,
): Fields & QueryView {
  const view = {};
  for (const key of Object.keys(query) as (keyof typeof query)[]) {
    Object.defineProperty(view, key, { get: () => query[key], enumerable: true, configurable: true });
  }
  return Object.defineProperties(view, Object.getOwnPropertyDescriptors(fields)) as Fields & QueryView;
}
