import { type Entitlement, evaluateEntitlement, type WireSnapshot } from "@paykit/server/contract";
import { warnUnknownId } from "../client/warn-unknown-id.js";

export type WireEntitlement = Entitlement<string> & { name: string };

/**
 * What the contract's rule says at the snapshot's instant. Nobody, and an unknown feature, have no grants. Dates are
 * strings, so that equal answers stay equal.
 */
export function selectEntitlement(
  snapshot: WireSnapshot | null,
  featureId: string,
  required = 1,
): WireEntitlement {
  const held = snapshot?.entitlements[featureId];
  if (process.env.NODE_ENV !== "production" && snapshot && !held) {
    warnUnknownId("feature", featureId, Object.keys(snapshot.entitlements));
  }
  const { type, grants, name } = held ?? ({ type: "boolean", grants: [], name: featureId } as const);
  const now = new Date(snapshot?.now ?? 0);
  const entitlement = evaluateEntitlement({ featureId, type, grants, now, required });
  return { ...entitlement, name, nextResetAt: entitlement.nextResetAt?.toISOString() ?? null };
}
