import type { PayKitState } from "../contract/index.js";
import type { PayKit } from "../create-paykit.js";
import { currentRequest } from "./current-request.js";

/**
 * What `<PayKitProvider state={...}>` takes, read in a server component: at most one query, none for an anonymous visitor.
 * The page becomes dynamic, because it depends on who asks.
 */
export async function getPayKitState({ getState }: Pick<PayKit, "getState">): Promise<PayKitState> {
  return getState(await currentRequest());
}
