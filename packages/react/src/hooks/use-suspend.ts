"use client";
import type { PayKitError } from "@paykit/server/contract";
import { type QueryKey, type UseSuspenseQueryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { PayKit } from "../provider/context.js";

type Options<Answer> = Pick<
  UseSuspenseQueryOptions<Answer, PayKitError, null, QueryKey>,
  "queryKey" | "queryFn" | "retry"
>;

/** Suspends until a read has an answer; when there is none, its error goes to the nearest boundary. */
export function useSuspend<Answer>(paykit: PayKit, options: Options<Answer>) {
  leaveToBrowser(paykit, options.queryKey);
  useSuspenseQuery({ ...options, select: () => null }, paykit.queryClient);
}

/**
 * On the server there is nothing to wait for: React renders the fallback there, and the browser asks. The digest is how
 * Next.js tells an error that only says this from one to report.
 */
export function leaveToBrowser({ queryClient }: PayKit, queryKey: QueryKey) {
  if (typeof window !== "undefined" || queryClient.getQueryData(queryKey) !== undefined) return;
  throw Object.assign(new Error("Left to the browser."), { digest: "BAILOUT_TO_CLIENT_SIDE_RENDERING" });
}
