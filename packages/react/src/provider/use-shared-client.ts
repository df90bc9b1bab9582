"use client";
import { QueryClient, QueryClientContext } from "@tanstack/react-query";
import { useContext, useEffect, useState } from "react";
import type { PayKitContextValue } from "./context.js";

/** The host's client, that of the provider above, or one of our own, which we then tell about focus and reconnects. */
export function useSharedClient(parent: PayKitContextValue | null): QueryClient {
  const host = useContext(QueryClientContext) ?? parent?.queryClient;
  const [own] = useState(() => (host === undefined ? new QueryClient() : undefined));
  useEffect(() => {
    own?.mount();
    return () => own?.unmount();
  }, [own]);
  return host ?? own ?? fail();
}

function fail(): never {
  throw new Error(
    "A QueryClientProvider was removed around <PayKitProvider>: give the provider another key.",
  );
}
