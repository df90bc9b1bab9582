"use client";
import type { PayKitState } from "@paykit/server/contract";
import { useMemo } from "react";
import type { Connection } from "../client/connection.js";
import { usePayKit } from "./context.js";

/** What decides whom a provider's requests are about. */
export interface ConnectionProps {
  state?: PayKitState | undefined;
  basePath?: string | undefined;
  viewerId?: string | null | undefined;
  customerId?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

/** A provider's connection: its own props first, then its state, then the provider above. */
export function useNewConnection(props: ConnectionProps, parent: Connection = {}): Connection {
  const basePath = props.basePath ?? props.state?.basePath ?? parent.basePath;
  const fetch = props.fetch ?? parent.fetch;
  const viewerId = viewerOf(props) ?? parent.viewerId ?? null;
  const customerId = props.customerId ?? (props.state === undefined ? parent.customerId : undefined);
  return useMemo(() => ({ basePath, fetch, viewerId, customerId }), [basePath, fetch, viewerId, customerId]);
}

function viewerOf({ viewerId, customerId, state }: ConnectionProps): string | null | undefined {
  if (viewerId !== undefined || state === undefined || customerId !== undefined) return viewerId;
  return state.customer?.customerId ?? null;
}

/** The provider's connection, for `customerId` when it is given. */
export function useConnection(customerId?: string): Connection {
  const { connection } = usePayKit();
  return useMemo(
    () => (customerId === undefined ? connection : { ...connection, customerId }),
    [connection, customerId],
  );
}
