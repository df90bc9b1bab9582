import { type Entitlement, evaluateEntitlement, type WireSnapshot } from "@paykit/server/contract";

const denied = {
  allowed: false,
  balance: null,
  limit: null,
  usage: null,
  unlimited: false,
  nextResetAt: null,
};

/** What the contract's rule says at the snapshot's instant. Dates are strings, so that equal answers stay equal. */
export function selectEntitlement(
  snapshot: WireSnapshot | null,
  featureId: string,
  required = 1,
): Entitlement<string> {
  const held = snapshot?.entitlements[featureId];
  if (snapshot === null || held === undefined) return { featureId, type: "boolean", ...denied };
  const { type, grants } = held;
  const now = new Date(snapshot.now);
  const entitlement = evaluateEntitlement({ featureId, type, grants, now, required });
  return { ...entitlement, nextResetAt: entitlement.nextResetAt?.toISOString() ?? null };
}
