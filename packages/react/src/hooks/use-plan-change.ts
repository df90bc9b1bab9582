"use client";
import type { ChangeKind } from "@paykit/server/contract";
import { useMemo } from "react";
import { withDates } from "../client/with-dates.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { type PlanChoice, selectPlanChange } from "../queries/select-plan-change.js";
import { useCustomerQuery } from "./use-customer-query.js";

export interface UsePlanChangeOptions extends PlanChoice, ForCustomer {}

export interface PlanChange {
  /** Null while it is not known what the customer has. */
  kind: ChangeKind | null;
  /** When the change would happen, or is set to happen: null for at once. */
  effectiveAt: Date | null;
  /** True when the plan is set to follow the current one already. */
  isScheduled: boolean;
  /** Days before the first payment, 0 without a trial or when the group's was had; null while it is not known whose. */
  trialDays: number | null;
}

const unknown: PlanChange = { kind: null, effectiveAt: null, isScheduled: false, trialDays: null };

/** What choosing a plan would do, by the same rule as `paykit.subscribe`: what a button is to say. */
export function usePlanChange({ customerId, ...choice }: UsePlanChangeOptions): PlanChange {
  const { data } = useCustomerQuery(customerId, (snapshot) => selectPlanChange(snapshot, choice));
  return useMemo(() => (data ? withDates(data) : unknown), [data]);
}
