"use client";
import { defaultBasePath } from "@paykit/server/contract";
import { askedCustomerId } from "../client/connection.js";
import { useConnection } from "../provider/use-connection.js";

/** Where a plain HTML form posts to, and the fields that say for whom. */
export function useFormAction(path: string, customerId?: string) {
  const connection = useConnection(customerId);
  const { basePath = defaultBasePath } = connection;
  return { action: basePath + path, fields: askedCustomerId(connection) };
}
