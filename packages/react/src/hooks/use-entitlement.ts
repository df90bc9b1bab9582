"use client";
import { useMemo } from "react";
import { withDates } from "../client/with-dates.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { nothing, selectEntitlement } from "../queries/select-entitlement.js";
import type { FeatureId } from "../register.js";
import type { EntitlementView } from "./entitlement-view.js";
import { viewOf } from "./query-view.js";
import { useCustomerQuery } from "./use-customer-query.js";

export interface UseEntitlementOptions extends ForCustomer {
  /** How much is about to be used. Default 1. */
  required?: number | undefined;
}

/**
 * Whether the customer may use a feature, and how much of it is left, by the same rule as `paykit.check`. Never throws in
 * render. Nobody signed in is `denied`.
 */
export function useEntitlement(
  featureId: FeatureId,
  { customerId, required }: UseEntitlementOptions = {},
): EntitlementView {
  const query = useCustomerQuery(customerId, (snapshot) => selectEntitlement(snapshot, featureId, required));
  const { data } = query;
  const known = useMemo(
    () => withDates(data ?? { ...nothing, allowed: undefined, name: featureId }),
    [data, featureId],
  );
  return viewOf(query, { ...known, status: data?.allowed ? "allowed" : "denied" });
}
