import type { Entitlement, Snapshot, WireSnapshot } from "@paykit/server/contract";
import { selectEntitlement } from "./select-entitlement.js";

/** A snapshot without what changes at every read, so that equal customers stay equal. */
export interface WireCustomer extends Pick<Snapshot<string>, "subscriptions" | "products"> {
  customerId: string;
  entitlements: Record<string, Entitlement<string> & { name: string }>;
}

export function selectCustomer(snapshot: WireSnapshot | null): WireCustomer | null {
  if (snapshot === null) return null;
  const { customerId, subscriptions, products } = snapshot;
  const entitlements = Object.entries(snapshot.entitlements).map(([featureId, { name }]) => [
    featureId,
    { name, ...selectEntitlement(snapshot, featureId) },
  ]);
  return { customerId, subscriptions, products, entitlements: Object.fromEntries(entitlements) };
}
