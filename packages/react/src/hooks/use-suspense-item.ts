"use client";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { customerOptions } from "../queries/customer-options.js";
import type { ItemId } from "../register.js";
import { type ItemView, useItem } from "./use-item.js";
import { useSuspend } from "./use-suspend.js";

/** `useItem` that suspends instead of being pending. Needs a `<Suspense>` below the provider. */
export function useSuspenseItem(itemId: ItemId, options: ForCustomer = {}) {
  const paykit = usePayKit(options.customerId);
  useSuspend(paykit, customerOptions(paykit));
  return useItem(itemId, options) as Exclude<ItemView, { status: "pending" }>;
}
