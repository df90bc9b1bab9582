"use client";
import type { QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Connection } from "../client/connection.js";

export interface PayKitContextValue {
  queryClient: QueryClient;
  connection: Connection;
  /** Leaves for a page of Stripe's. */
  navigate: (url: string) => void;
}

export const PayKitContext = createContext<PayKitContextValue | null>(null);

/** Throws outside the provider, naming the fix. */
export function usePayKit(): PayKitContextValue {
  const value = useContext(PayKitContext);
  if (value === null) {
    throw new Error(
      "PayKit's hooks and components need <PayKitProvider> above them. In Next.js, put it into app/layout.tsx: " +
        "<PayKitProvider state={await getPayKitState(paykit)}>{children}</PayKitProvider>.",
    );
  }
  return value;
}
