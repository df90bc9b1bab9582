import { defaultBasePath } from "@paykit/server/contract";
import type { QueryKey } from "@tanstack/react-query";
import { askedCustomerId, type Connection } from "./connection.js";

/** What the cache holds of a customer, or does for one. */
export type Topic = "customer" | "invoices" | "preview" | "command";

/** Everything of one handler: `["paykit", basePath]`. */
export function handlerKey({ basePath = defaultBasePath }: Connection): QueryKey {
  return ["paykit", basePath];
}

export function productsKey(connection: Connection): QueryKey {
  return [...handlerKey(connection), "products"];
}

/**
 * Every key of a customer carries who it is and who asks, so that no two of either can ever share an entry. Who asks is the
 * fourth part of it.
 */
export function customerKey(connection: Connection, topic: Topic, ...more: unknown[]): QueryKey {
  const { viewerId = null } = connection;
  return [...handlerKey(connection), topic, viewerId, askedCustomerId(connection), ...more];
}
