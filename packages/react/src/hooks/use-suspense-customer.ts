"use client";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { customerOptions } from "../queries/customer-options.js";
import { type PayKitCustomerView, usePayKitCustomer } from "./use-paykit-customer.js";
import { useSuspend } from "./use-suspend.js";

/** `usePayKitCustomer` that suspends instead of being pending. Needs a `<Suspense>` below the provider. */
export function useSuspensePayKitCustomer(options: ForCustomer = {}) {
  const paykit = usePayKit(options.customerId);
  useSuspend(paykit, customerOptions(paykit));
  return usePayKitCustomer(options) as Exclude<PayKitCustomerView, { status: "pending" }>;
}
