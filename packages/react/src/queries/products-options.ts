import type { PayKitError, ProductsAnswer } from "@paykit/server/contract";
import { queryOptions } from "@tanstack/react-query";
import type { Connection } from "../client/connection.js";
import { productsKey } from "../client/keys.js";
import { request } from "../client/request.js";
import { readPolicy } from "./policy.js";

/** What anybody may buy. Changes only with a deploy, so it is asked for once. */
export function productsOptions({ basePath, fetch }: Connection = {}) {
  return queryOptions<ProductsAnswer, PayKitError>({
    ...readPolicy,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    queryKey: productsKey({ basePath }),
    queryFn: () => request<ProductsAnswer>({ basePath, fetch }, { path: "/products" }),
  });
}
