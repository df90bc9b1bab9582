"use client";
import { QueryClient, QueryClientContext } from "@tanstack/react-query";
import { useContext, useEffect, useState } from "react";
import type { PayKit } from "./context.js";

/** The host's client, that of the provider above, or one of our own, which we then tell about focus and reconnects. */
export function useSharedClient(parent: PayKit | null): QueryClient {
  const host = useContext(QueryClientContext) ?? parent?.queryClient;
  const [own] = useState(() => new QueryClient());
  useEffect(() => {
    if (host) return;
    own.mount();
    return () => own.unmount();
  }, [host, own]);
  return host ?? own;
}
