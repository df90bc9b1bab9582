import type { PayKitError, WireSnapshot } from "@paykit/server/contract";
import { queryOptions } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { entriesOf } from "../client/entries-of.js";
import { customerKey } from "../client/keys.js";
import { request } from "../client/request.js";
import { readPolicy } from "./policy.js";

/**
 * The snapshot of a customer, null when nobody is signed in. For `prefetchQuery`, `setQueryData`, `invalidateQueries`. When
 * the answer is about another person than the one before, what else is under that viewer was the previous one's, and goes.
 */
export function customerOptions(connection: Connection = {}) {
  return queryOptions<WireSnapshot | null, PayKitError>({
    ...readPolicy,
    queryKey: customerKey(connection, "customer"),
    queryFn: async ({ client, queryKey }) => {
      const snapshot = await request<WireSnapshot>(connection, { path: "/customer" }).catch(orNobody);
      const held = client.getQueryData<WireSnapshot | null>(queryKey);
      if (held && held.customerId !== snapshot?.customerId) {
        void client.resetQueries(entriesOf(connection, queryKey));
      }
      return snapshot;
    },
  });
}

function orNobody(error: PayKitError): null {
  if (error.status === 401) return null;
  throw error;
}
