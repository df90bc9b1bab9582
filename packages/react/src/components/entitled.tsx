"use client";
import type { ReactNode } from "react";
import type { EntitlementView } from "../hooks/entitlement-view.js";
import { type UseEntitlementOptions, useEntitlement } from "../hooks/use-entitlement.js";
import type { FeatureId } from "../register.js";

export interface EntitledProps extends UseEntitlementOptions {
  feature: FeatureId;
  /** Shown when the customer may not. Nobody signed in may not. */
  fallback?: ReactNode;
  /** Shown while nothing is known: never on a page rendered with `state`. */
  pending?: ReactNode;
  /** Shown when nothing is known and the request failed. Default: `pending`. */
  error?: ReactNode;
  children?: ReactNode | ((entitlement: EntitlementView) => ReactNode);
}

/** Shows its children to a customer who may use the feature. When a read fails, what was known before decides. */
export function Entitled({
  feature,
  fallback,
  pending,
  error = pending,
  children,
  ...options
}: EntitledProps) {
  const entitlement = useEntitlement(feature, options);
  if (entitlement.allowed === undefined) return entitlement.status === "error" ? error : pending;
  if (!entitlement.allowed) return fallback;
  return typeof children === "function" ? children(entitlement) : children;
}
