import { headers } from "next/headers.js";
import type { PayKitState } from "../contract/index.js";
import type { PayKit } from "../create-paykit.js";

/**
 * What `<PayKitProvider state={...}>` takes, read in a server component: at most one query, none for an anonymous visitor.
 * The page becomes dynamic, because it depends on who asks.
 */
export async function getPayKitState({ getState }: Pick<PayKit, "getState">): Promise<PayKitState> {
  const incoming = await headers();
  const host = incoming.get("x-forwarded-host") ?? incoming.get("host") ?? "localhost";
  const protocol = incoming.get("x-forwarded-proto")?.split(",")[0] ?? "http";
  return getState(new Request(`${protocol}://${host.split(",")[0]}/`, { headers: new Headers(incoming) }));
}
