"use client";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { usePayKit } from "../provider/context.js";
import { invoicesOptions } from "../queries/invoices-options.js";
import { type InvoicesView, type UseInvoicesOptions, useInvoices } from "./use-invoices.js";
import { leaveToBrowser } from "./use-suspend.js";

/** `useInvoices` that suspends instead of being pending. Needs a `<Suspense>` below the provider. */
export function useSuspenseInvoices(options: UseInvoicesOptions = {}) {
  const paykit = usePayKit(options.customerId);
  const invoices = invoicesOptions(paykit, options.limit);
  leaveToBrowser(paykit, invoices.queryKey);
  useSuspenseInfiniteQuery({ ...invoices, select: () => null }, paykit.queryClient);
  return useInvoices(options) as InvoicesView & { status: "ready" | "error" };
}
