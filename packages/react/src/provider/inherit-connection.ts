import { defaultBasePath, type PayKitState } from "@paykit/server/contract";
import type { Connection } from "../client/connection.js";

export interface ConnectionProps extends Connection {
  /** What `getPayKitState` gave, so that the first paint asks nothing. Left out on a static page: one request is made. */
  state?: PayKitState | undefined;
}

/**
 * A provider's connection: what its props say, then what the page was rendered with, then the provider above. Who is signed
 * in, the server knows better than the props.
 */
export function inheritConnection({ state, ...props }: ConnectionProps, parent: Connection | null) {
  const { customerId = state ? undefined : parent?.customerId } = props;
  const viewers = customerId === undefined ? state : undefined;
  const { viewerId = viewers ? null : (parent?.viewerId ?? null) } = props;
  return {
    basePath: props.basePath ?? state?.basePath ?? parent?.basePath ?? defaultBasePath,
    fetch: props.fetch ?? parent?.fetch,
    viewerId: viewers?.customer?.customerId ?? viewerId,
    customerId,
    state,
  };
}
