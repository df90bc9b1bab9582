"use client";
import type { SubscribePreview } from "@paykit/server/contract";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { withDates } from "../client/with-dates.js";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { previewOptions } from "../queries/preview-options.js";
import { type QueryView, viewOf } from "./query-view.js";
import type { SubscribeOptions } from "./use-subscribe.js";

export interface UsePreviewOptions extends Omit<SubscribeOptions, "quotedAt">, ForCustomer {
  /** Ask only when true, as when a dialog is open. Default true. */
  enabled?: boolean | undefined;
}

export interface PreviewView extends QueryView {
  status: "pending" | "ready" | "error";
  preview: SubscribePreview | null;
}

/**
 * What `subscribe` would do and cost, now. Changes nothing. Hand the preview's `quotedAt` on to `subscribe`, so that what was
 * shown is what is charged; after an hour that is refused with `QUOTE_EXPIRED`: ask again (`refetch`).
 */
export function usePreviewSubscribe({
  customerId,
  enabled = true,
  ...options
}: UsePreviewOptions): PreviewView {
  const paykit = usePayKit(customerId);
  const query = useQuery({ ...previewOptions(paykit, options), enabled }, paykit.queryClient);
  const { data } = query;
  const preview = useMemo(() => (data ? withDates(data) : null), [data]);
  return viewOf(query, { status: "ready", preview });
}
