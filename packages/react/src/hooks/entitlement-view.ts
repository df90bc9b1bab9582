import type { Entitlement } from "@paykit/server/contract";
import type { QueryView } from "./query-view.js";

/** Quantities are null while nothing is known, and for a boolean feature. */
export interface EntitlementView extends Omit<Entitlement, "featureId" | "type" | "allowed">, QueryView {
  /** `error`: the last read failed; what was known before is still here. */
  status: "pending" | "allowed" | "denied" | "error";
  /** The feature's name; its id while nothing is known. */
  name: string;
  /** Undefined while nothing is known. */
  allowed: boolean | undefined;
}
