"use client";
import type { PayKitState } from "@paykit/server/contract";
import type { QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import type { Connection } from "../client/connection.js";
import type { Labels } from "./labels.js";

/** How components speak. Plain data, so that a server component can set it. */
export interface Speech {
  /** Language of numbers, money and dates, as in `Intl`. Default "en". */
  locale?: string | undefined;
  /** Default "UTC": the server and the browser have to agree, or hydration would differ. */
  timeZone?: string | undefined;
  /** Other texts than the components' own, by the English one. Keep the object the same between renders. */
  labels?: Labels | undefined;
}

/** What the provider hands down. */
export interface PayKit extends Connection, Speech {
  queryClient: QueryClient;
  /** What the page was rendered with. A new one renders every reader in the same commit: no frame shows the one before. */
  state?: PayKitState | undefined;
  /** Who is signed in by now, when `viewerId` may be of a render long ago. */
  viewer: { readonly current: Connection["viewerId"] };
  /** Leaves for a page of Stripe's. Default: `location.assign`. */
  navigate?: ((url: string) => void) | undefined;
  /** Where a person signs in. */
  signInUrl?: string | undefined;
}

export const PayKitContext = createContext<PayKit | null>(null);

/** The provider's connection, for `customerId` when it is given. Throws outside the provider, naming the fix. */
export function usePayKit(customerId?: string): PayKit {
  const paykit = useContext(PayKitContext);
  if (paykit === null) throw new Error(missingProvider);
  return useMemo(() => (customerId === undefined ? paykit : { ...paykit, customerId }), [paykit, customerId]);
}

const missingProvider =
  process.env.NODE_ENV === "production"
    ? "<PayKitProvider> is missing."
    : "PayKit's hooks and components need <PayKitProvider> above them. In Next.js, put it into app/layout.tsx: " +
      "<PayKitProvider state={await getPayKitState(paykit)}>{children}</PayKitProvider>.";
