import { type Entitlement, evaluateEntitlement, type WireSnapshot } from "@paykit/server/contract";

/**
 * What the contract's rule says at the snapshot's instant. Nobody, and an unknown feature, have no grants. Dates are
 * strings, so that equal answers stay equal.
 */
export function selectEntitlement(
  snapshot: WireSnapshot | null,
  featureId: string,
  required = 1,
): Entitlement<string> {
  const { type, grants } = snapshot?.entitlements[featureId] ?? { type: "boolean", grants: [] };
  const now = new Date(snapshot?.now ?? 0);
  const entitlement = evaluateEntitlement({ featureId, type, grants, now, required });
  return { ...entitlement, nextResetAt: entitlement.nextResetAt?.toISOString() ?? null };
}
