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

type Query = Pick<UseQueryResult<unknown, PayKitError>, keyof QueryView>;

/**
 * Adds TanStack's flags to what a hook hands out. They are read when the component reads them, because TanStack renders
 * a component only for what it has read: a refetch of equal data renders nothing, unless `isFetching` is on the page.
 */
export function withQuery<Fields extends object>(fields: Fields, query: Query): Fields & QueryView {
  const read = (key: keyof QueryView) => ({ get: () => query[key], enumerable: true });
  return Object.defineProperties(fields, {
    error: read("error"),
    refetch: read("refetch"),
    isPending: read("isPending"),
    isFetching: read("isFetching"),
    isError: read("isError"),
  }) as Fields & QueryView;
}
