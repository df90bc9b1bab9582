"use client";
import { type ReactNode, useContext, useMemo } from "react";
import { PayKitContext, type Speech } from "./context.js";
import { type ConnectionProps, inheritConnection } from "./inherit-connection.js";
import { seed } from "./seed.js";
import { useLiveSnapshots } from "./use-live-snapshots.js";
import { useSharedClient } from "./use-shared-client.js";

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
  const queryClient = useSharedClient(parent);
  const { state } = props;
  const { basePath, fetch, viewerId, customerId } = inheritConnection(props, parent);
  const { navigate = leave, signInUrl, locale, timeZone, labels } = { ...parent, ...props };
  const sender = useMemo(
    () => ({ queryClient, basePath, fetch, viewerId, customerId, state }),
    [queryClient, basePath, fetch, viewerId, customerId, state],
  );
  const paykit = useMemo(
    () => ({ ...sender, navigate, signInUrl, locale, timeZone, labels }),
    [sender, navigate, signInUrl, locale, timeZone, labels],
  );
  if (state) seed(sender, state);
  useLiveSnapshots(sender, parent === null);
  return <PayKitContext.Provider value={paykit}>{children}</PayKitContext.Provider>;
}

function leave(url: string) {
  location.assign(url);
}
