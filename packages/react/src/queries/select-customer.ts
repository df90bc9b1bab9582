import type { WireSnapshot } from "@paykit/server/contract";
import { selectEntitlement, type WireEntitlement } from "./select-entitlement.js";

export interface WireCustomer extends Pick<WireSnapshot, "subscriptions" | "products"> {
  id: string;
  entitlements: Record<string, WireEntitlement>;
}

/** A snapshot without what changes at every read, so that equal customers stay equal. */
export function selectCustomer(snapshot: WireSnapshot | null): WireCustomer | null {
  if (snapshot === null) return null;
  const { customerId: id, subscriptions, products, entitlements: held } = snapshot;
  const entitlements = Object.keys(held).map((featureId) => [
    featureId,
    selectEntitlement(snapshot, featureId),
  ]);
  return { id, subscriptions, products, entitlements: Object.fromEntries(entitlements) };
}
