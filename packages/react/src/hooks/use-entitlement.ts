"use client";
import type { Entitlement } from "@paykit/server/contract";
import { useMemo } from "react";
import type { ForCustomer } from "../provider/for-customer.js";
import { selectEntitlement } from "../queries/select-entitlement.js";
import type { FeatureId } from "../register.js";
import { type QueryView, withQuery } from "./query-view.js";
import { useCustomerQuery } from "./use-customer-query.js";

export interface UseEntitlementOptions extends ForCustomer {
  /** How much is about to be used. Default 1. */
  required?: number | undefined;
}

type Known = Omit<Entitlement, "featureId" | "type" | "allowed">;

export interface EntitlementView extends Known, QueryView {
  /** `error`: the last read failed; what was known before is still here. */
  status: "pending" | "allowed" | "denied" | "error";
  /** Undefined while nothing is known. */
  allowed: boolean | undefined;
}

/**
 * Whether the customer may use a feature, and how much of it is left, by the same rule as `paykit.check`. Never throws in
 * render. Nobody signed in is `denied`.
 */
export function useEntitlement(featureId: FeatureId, options: UseEntitlementOptions = {}): EntitlementView {
  const { required, customerId } = options;
  const query = useCustomerQuery(customerId, (snapshot) => selectEntitlement(snapshot, featureId, required));
  const { allowed, balance = null, limit = null, usage = null, unlimited = false } = query.data ?? {};
  const resetAt = query.data?.nextResetAt;
  const nextResetAt = useMemo(() => (resetAt ? new Date(resetAt) : null), [resetAt]);
  const known = allowed === undefined ? "pending" : allowed ? "allowed" : "denied";
  const status = query.error ? "error" : known;
  return withQuery({ status, allowed, balance, limit, usage, unlimited, nextResetAt }, query);
}
