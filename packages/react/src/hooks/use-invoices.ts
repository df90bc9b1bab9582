"use client";
import type { Invoice } from "@paykit/server/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { withDates } from "../client/with-dates.js";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { invoicesOptions } from "../queries/invoices-options.js";
import { type QueryView, viewOf } from "./query-view.js";

export interface UseInvoicesOptions extends ForCustomer {
  /** How many a page. Default 10, at most 100. */
  limit?: number | undefined;
}

export interface InvoicesView extends QueryView {
  status: "pending" | "ready" | "error";
  /** Newest first; empty while nothing is known. */
  invoices: Invoice[];
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** The customer's invoices, a page at a time. */
export function useInvoices({ customerId, limit }: UseInvoicesOptions = {}): InvoicesView {
  const paykit = usePayKit(customerId);
  const query = useInfiniteQuery(invoicesOptions(paykit, limit), paykit.queryClient);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const invoices = useMemo(() => withDates(data?.pages.flatMap((page) => page.invoices) ?? []), [data]);
  return viewOf(query, { status: "ready", invoices, hasNextPage, isFetchingNextPage, fetchNextPage });
}
