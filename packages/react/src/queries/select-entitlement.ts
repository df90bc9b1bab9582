import { type EntitlementState, entitlementAt, type WireSnapshot } from "@paykit/server/contract";
import { warnUnknownId } from "../client/warn-unknown-id.js";

export type WireEntitlement = EntitlementState<string> & { name: string };

/** What somebody has who was granted nothing. */
export const nothing: EntitlementState<string> = {
  allowed: false,
  balance: null,
  limit: null,
  usage: null,
  unlimited: false,
  nextResetAt: null,
};

/**
 * What the snapshot says at its instant, by the contract's rule. Nobody, and an unknown feature, have nothing. Dates are
 * strings, so that equal answers stay equal.
 */
export function selectEntitlement(
  snapshot: WireSnapshot | null,
  featureId: string,
  required?: number,
): WireEntitlement {
  const held = snapshot?.entitlements[featureId];
  if (snapshot && held) return entitlementAt(held, snapshot.now, required);
  if (process.env.NODE_ENV !== "production" && snapshot) {
    warnUnknownId("feature", featureId, Object.keys(snapshot.entitlements));
  }
  return { ...nothing, name: featureId };
}
