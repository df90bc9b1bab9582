import type { WireSnapshot } from "@paykit/server/contract";
import { selectEntitlement, type WireEntitlement } from "./select-entitlement.js";

export interface WireCustomer extends Pick<WireSnapshot, "subscriptions" | "products"> {
  id: string;
  entitlements: Record<string, WireEntitlement>;
}

/** A snapshot without what changes at every read, so that equal customers stay equal. */
export function selectCustomer(snapshot: WireSnapshot | null): WireCustomer | null {
  if (snapshot === null) return null;
  const { customerId, subscriptions, products, entitlements } = snapshot;
  const evaluated = Object.keys(entitlements).map((id) => [id, selectEntitlement(snapshot, id)]);
  return { id: customerId, subscriptions, products, entitlements: Object.fromEntries(evaluated) };
}
