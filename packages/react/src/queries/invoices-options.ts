import type { InvoicesAnswer, PayKitError } from "@paykit/server/contract";
import { type InfiniteData, infiniteQueryOptions, type QueryKey } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { customerKey } from "../client/keys.js";
import { request } from "../client/request.js";
import { readPolicy } from "./policy.js";

/** A customer's invoices, newest first, `limit` a page (default 10, at most 100). */
export function invoicesOptions(connection: Connection = {}, limit = 10) {
  return infiniteQueryOptions<
    InvoicesAnswer,
    PayKitError,
    InfiniteData<InvoicesAnswer>,
    QueryKey,
    string | null
  >({
    ...readPolicy,
    refetchOnWindowFocus: true,
    queryKey: customerKey(connection, "invoices", limit),
    initialPageParam: null,
    getNextPageParam: ({ cursor }) => cursor,
    queryFn: ({ pageParam: cursor }) =>
      request<InvoicesAnswer>(connection, {
        path: "/invoices",
        query: { limit: `${limit}`, ...(cursor && { cursor }) },
      }),
  });
}
