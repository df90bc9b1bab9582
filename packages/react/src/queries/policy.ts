import type { PayKitError } from "@paykit/server/contract";

/**
 * How reads behave: what the page was rendered with is not asked for again, coming back to the tab asks, and a
 * request that the server refused is not repeated.
 */
export const readPolicy = {
  staleTime: 30_000,
  networkMode: "always",
  refetchOnWindowFocus: "always",
  refetchOnReconnect: "always",
  retry: (failures: number, error: PayKitError) => failures < 2 && error.status >= 500,
} as const;
