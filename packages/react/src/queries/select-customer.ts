import type { Entitlement, WireSnapshot } from "@paykit/server/contract";
import { selectEntitlement } from "./select-entitlement.js";

export type WireCustomer = Pick<WireSnapshot, "subscriptions" | "products"> & {
  id: string;
  entitlements: Record<string, Entitlement<string> & { name: string }>;
};

/** A snapshot without what changes at every read, so that equal customers stay equal. */
export function selectCustomer(snapshot: WireSnapshot | null): WireCustomer | null {
  if (snapshot === null) return null;
  const { customerId, subscriptions, products, entitlements } = snapshot;
  const evaluated = Object.entries(entitlements).map(([featureId, { name }]) => [
    featureId,
    { name, ...selectEntitlement(snapshot, featureId) },
  ]);
  return { id: customerId, subscriptions, products, entitlements: Object.fromEntries(evaluated) };
}
