"use client";
import { QueryClient, QueryClientContext, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { PayKitContext, type Speech } from "./context.js";
import { type ConnectionProps, inheritConnection } from "./inherit-connection.js";
import { seed } from "./seed.js";

export interface PayKitProviderProps extends ConnectionProps, Speech {
  /** Leaves for a checkout or portal page. Default: `location.assign`. */
  navigate?: ((url: string) => void) | undefined;
  /** Where a person signs in: an anonymous click on a button leads there. Left out, the button says what to do. */
  signInUrl?: string | undefined;
  children?: ReactNode;
}

/**
 * Gives the hooks and components below what they need. Inside a `QueryClientProvider` it uses that client, else its own.
 * Providers may be nested: one with a `customerId` makes everything below it act for that customer.
 */
export function PayKitProvider({ children, ...props }: PayKitProviderProps) {
  const parent = useContext(PayKitContext);
  const host = useContext(QueryClientContext);
  const [own] = useState(() => new QueryClient());
  const queryClient = host ?? own;
  const connection = inheritConnection(props, parent);
  const { state, basePath, viewerId } = connection;
  const viewer = useRef(viewerId);
  const { navigate, signInUrl, locale, timeZone, labels } = { ...parent, ...props };
  const value = { ...connection, queryClient, viewer, navigate, signInUrl, locale, timeZone, labels };
  // biome-ignore lint/correctness/useExhaustiveDependencies: every field, always the same ones in the same order
  const paykit = useMemo(() => value, Object.values(value));
  if (state) seed(paykit, state);
  const isRoot = parent === null;
  useEffect(() => {
    const previousViewerId = viewer.current;
    viewer.current = viewerId;
    const watching = import("./watch-snapshots.js").then(
      ({ watchSnapshots }) => watchSnapshots({ queryClient, basePath, viewerId, previousViewerId, isRoot }),
      () => {}, // no network: what is shown stays as it is
    );
    return () => void watching.then((stop) => stop?.());
  }, [isRoot, queryClient, basePath, viewerId]);
  return (
    <QueryClientProvider client={queryClient}>
      <PayKitContext.Provider value={paykit}>{children}</PayKitContext.Provider>
    </QueryClientProvider>
  );
}
