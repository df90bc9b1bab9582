import { type PayKitError, routes, type WireSnapshot } from "@paykit/server/contract";
import { queryOptions } from "@tanstack/react-query";
import { askedCustomerId, type Connection } from "../client/connection.js";
import { customerKey } from "../client/keys.js";
import { request } from "../client/request.js";
import { readPolicy } from "./policy.js";

/** The snapshot of a customer, null when nobody is signed in. For `prefetchQuery`, `setQueryData`, `invalidateQueries`. */
export function customerOptions(connection: Connection = {}) {
  return queryOptions<WireSnapshot | null, PayKitError>({
    ...readPolicy,
    queryKey: customerKey(connection, "customer"),
    queryFn: () => getCustomer(connection),
  });
}

async function getCustomer(connection: Connection): Promise<WireSnapshot | null> {
  const search = new URLSearchParams(askedCustomerId(connection)).toString();
  try {
    return await request<WireSnapshot>(connection, search ? `${routes.customer}?${search}` : routes.customer);
  } catch (error) {
    if ((error as PayKitError).status === 401) return null;
    throw error;
  }
}
