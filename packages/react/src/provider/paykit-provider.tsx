"use client";
import { type ReactNode, useContext, useEffect, useMemo } from "react";
import { PayKitContext } from "./context.js";
import { forgetPreviousViewer } from "./forget.js";
import { seed } from "./seed.js";
import { type ConnectionProps, useNewConnection } from "./use-connection.js";
import { useSharedClient } from "./use-shared-client.js";

export interface PayKitProviderProps extends ConnectionProps {
  /** Leaves for a checkout or portal page. Default: `location.assign`. */
  navigate?: (url: string) => void;
  children?: ReactNode;
}

/**
 * Gives the hooks and components below what they need. Inside a `QueryClientProvider` it uses that client, else its own.
 * Providers may be nested: one with a `customerId` makes everything below it act for that customer.
 */
export function PayKitProvider({ navigate = leave, children, ...props }: PayKitProviderProps) {
  const parent = useContext(PayKitContext);
  const queryClient = useSharedClient(parent);
  const connection = useNewConnection(props, parent?.connection);
  if (props.state !== undefined) seed(queryClient, connection, props.state);
  useEffect(() => {
    if (parent === null) forgetPreviousViewer(queryClient, connection);
  }, [parent, queryClient, connection]);
  const value = useMemo(() => ({ queryClient, connection, navigate }), [queryClient, connection, navigate]);
  return <PayKitContext.Provider value={value}>{children}</PayKitContext.Provider>;
}

function leave(url: string) {
  location.assign(url);
}
