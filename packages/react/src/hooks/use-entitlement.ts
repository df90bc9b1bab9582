"use client";
import { useMemo } from "react";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { nothing, selectEntitlement } from "../queries/select-entitlement.js";
import type { FeatureId } from "../register.js";
import type { EntitlementView } from "./entitlement-view.js";
import { withQuery } from "./query-view.js";
import { useCustomerQuery } from "./use-customer-query.js";

export interface UseEntitlementOptions extends ForCustomer {
  /** How much is about to be used. Default 1. */
  required?: number | undefined;
}

const unknown = { ...nothing, allowed: undefined };

/**
 * Whether the customer may use a feature, and how much of it is left, by the same rule as `paykit.check`. Never throws in
 * render. Nobody signed in is `denied`.
 */
export function useEntitlement(featureId: FeatureId, options: UseEntitlementOptions = {}): EntitlementView {
  const paykit = usePayKit(options.customerId);
  const query = useCustomerQuery(paykit, (snapshot) =>
    selectEntitlement(snapshot, featureId, options.required),
  );
  const { nextResetAt: resetAt, ...known } = query.data ?? { ...unknown, name: featureId };
  const nextResetAt = useMemo(() => (resetAt ? new Date(resetAt) : null), [resetAt]);
  const status = query.error ? "error" : query.data ? (query.data.allowed ? "allowed" : "denied") : "pending";
  return withQuery({ ...known, status, nextResetAt }, query);
}
