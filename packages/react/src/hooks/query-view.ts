import type { PayKitError } from "@paykit/server/contract";

/** What every reading hook hands out beside its own fields. */
export interface QueryView {
  error: PayKitError | null;
  /** Asks the server again. */
  refetch: () => Promise<unknown>;
  isPending: boolean;
  isFetching: boolean;
  isError: boolean;
}

interface Query extends Pick<QueryView, "error" | "refetch" | "isFetching"> {
  data: unknown;
}

/**
 * A hook's own fields beside the query's; their `status` is what it is when something is known and the last read did not fail.
 * `isFetching` is read when the component reads it, because TanStack renders a component only for what it has read: a
 * refetch of equal data renders nothing, unless `isFetching` is on the page.
 */
export function viewOf<Status extends string, Fields extends object>(
  query: Query,
  fields: Fields & { status: Status },
): Omit<Fields, "status"> & QueryView & { status: Status | "pending" | "error" } {
  const { data, error, refetch } = query;
  const status = error ? "error" : data === undefined ? "pending" : fields.status;
  return {
    ...fields,
    status,
    error,
    refetch,
    isPending: status === "pending",
    isError: status === "error",
    get isFetching() {
      return query.isFetching;
    },
  };
}
