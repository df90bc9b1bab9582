"use client";
import { defaultBasePath } from "@paykit/server/contract";
import { askedCustomerId } from "../client/connection.js";
import type { Route } from "../client/request.js";
import { usePayKit } from "../provider/context.js";

/** Where a plain HTML form posts to, and the field that says for whom. */
export function useFormAction(path: Route, customerId?: string) {
  const paykit = usePayKit(customerId);
  return { action: (paykit.basePath ?? defaultBasePath) + path, fields: askedCustomerId(paykit) };
}
