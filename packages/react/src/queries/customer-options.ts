import type { PayKitError, WireSnapshot } from "@paykit/server/contract";
import { queryOptions } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { customerKey } from "../client/keys.js";
import { request } from "../client/request.js";
import { readPolicy } from "./policy.js";

/** The snapshot of a customer, null when nobody is signed in. For `prefetchQuery`, `setQueryData`, `invalidateQueries`. */
export function customerOptions(connection: Connection = {}) {
  return queryOptions<WireSnapshot | null, PayKitError>({
    ...readPolicy,
    queryKey: customerKey(connection, "customer"),
    queryFn: () =>
      request<WireSnapshot>(connection, { path: "/customer" }).catch((error) => {
        if (error.status === 401) return null;
        throw error;
      }),
  });
}
