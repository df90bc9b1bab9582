import { defaultBasePath } from "@paykit/server/contract";
import { type Connection, subjectOf } from "./connection.js";

/** What the cache holds of a customer, or does for one. */
export type Topic = "customer" | "invoices" | "preview" | "command";

/** Everything of one handler: `["paykit", basePath]`. */
export function handlerKey({ basePath = defaultBasePath }: Connection) {
  return ["paykit", basePath] as const;
}

/** Every key of a customer carries who it is, so that two customers can never share an entry. */
export function customerKey(connection: Connection, topic: Topic, ...more: unknown[]) {
  return [...handlerKey(connection), { customerId: subjectOf(connection) }, topic, ...more] as const;
}

export function productsKey(connection: Connection) {
  return [...handlerKey(connection), "products"] as const;
}
