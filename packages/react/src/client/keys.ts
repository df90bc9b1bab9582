import { defaultBasePath } from "@paykit/server/contract";
import type { Query, QueryKey } from "@tanstack/react-query";
import { type Connection, subjectOf } from "./connection.js";

/** What the cache holds of a customer, or does for one. */
export type Topic = "customer" | "invoices" | "preview" | "command";

/** Everything of one handler: `["paykit", basePath]`. */
export function handlerKey({ basePath = defaultBasePath }: Connection): QueryKey {
  return ["paykit", basePath];
}

/** Every key of a customer carries who it is, so that two customers can never share an entry. */
export function customerKey(connection: Connection, topic: Topic, ...more: unknown[]): QueryKey {
  return [...handlerKey(connection), topic, subjectOf(connection), ...more];
}

export function productsKey(connection: Connection): QueryKey {
  return [...handlerKey(connection), "products"];
}

/** Whom a cache entry is about; undefined when it is about nobody in particular. */
export function subjectOfQuery({ queryKey }: Query): string | null | undefined {
  return queryKey[3] as string | null | undefined;
}
