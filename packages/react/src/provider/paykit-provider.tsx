"use client";
import type { PayKitState } from "@paykit/server/contract";
import { QueryClient, QueryClientContext } from "@tanstack/react-query";
import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { Connection } from "../client/connection.js";
import { PayKitContext, type Speech } from "./context.js";
import { forgetViewer } from "./forget.js";
import { seed } from "./seed.js";
import { watchSnapshots } from "./watch-snapshots.js";

export interface PayKitProviderProps extends Connection, Speech {
  /** What `getPayKitState` gave, so that the first paint asks nothing. Left out on a static page: one request is made. */
  state?: PayKitState | undefined;
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
export function PayKitProvider({ state, children, ...props }: PayKitProviderProps) {
  const parent = useContext(PayKitContext);
  const host = useContext(QueryClientContext) ?? parent?.queryClient;
  const [own] = useState(() => new QueryClient());
  useEffect(() => {
    if (host) return;
    own.mount(); // tells it about focus and reconnects
    return () => own.unmount();
  }, [host, own]);

  const queryClient = host ?? own;
  const basePath = props.basePath ?? state?.basePath ?? parent?.basePath;
  const { fetch, navigate = leave, signInUrl, locale, timeZone, labels } = { ...parent, ...props };
  const { customerId = state ? undefined : parent?.customerId } = props;
  const stateViewerId = state && customerId === undefined ? (state.customer?.customerId ?? null) : undefined;
  const { viewerId = stateViewerId ?? parent?.viewerId ?? null } = props;
  const connection = useMemo(
    () => ({ queryClient, basePath, fetch, viewerId, customerId, state }),
    [queryClient, basePath, fetch, viewerId, customerId, state],
  );
  const paykit = useMemo(
    () => ({ ...connection, navigate, signInUrl, locale, timeZone, labels }),
    [connection, navigate, signInUrl, locale, timeZone, labels],
  );

  if (state) seed(connection, state);
  const previous = useRef(connection);
  useEffect(() => {
    if (previous.current.viewerId !== connection.viewerId) forgetViewer(previous.current);
    previous.current = connection;
  }, [connection]);
  const isRoot = parent === null;
  useEffect(() => {
    if (isRoot) return watchSnapshots(connection);
  }, [isRoot, connection]);
  return <PayKitContext.Provider value={paykit}>{children}</PayKitContext.Provider>;
}

function leave(url: string) {
  location.assign(url);
}
