"use client";
import { useMemo } from "react";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { selectCustomer } from "../queries/select-customer.js";
import { createCustomer, type PayKitCustomer } from "./customer.js";
import { type QueryView, withQuery } from "./query-view.js";
import { useCustomerQuery } from "./use-customer-query.js";

/** `error`: the last read failed; `customer` is as it was last known, null when it never was. */
export type PayKitCustomerView = QueryView &
  (
    | { status: "ready"; customer: PayKitCustomer }
    | { status: "error"; customer: PayKitCustomer | null }
    | { status: "anonymous"; customer: null }
    | { status: "pending"; customer: null }
  );

/** The customer: plans, entitlements, items, and what can be bought for them. Never throws in render. */
export function usePayKitCustomer({ customerId }: ForCustomer = {}): PayKitCustomerView {
  const paykit = usePayKit();
  const query = useCustomerQuery(usePayKit(customerId), selectCustomer);
  const { data, error } = query;
  const customer = useMemo(
    () => (data ? createCustomer(data, customerId === undefined ? paykit : { ...paykit, customerId }) : null),
    [data, paykit, customerId],
  );
  if (error) return withQuery({ status: "error", customer }, query);
  if (customer) return withQuery({ status: "ready", customer }, query);
  if (data === null) return withQuery({ status: "anonymous", customer }, query);
  return withQuery({ status: "pending", customer }, query);
}
