"use client";
import { useMemo } from "react";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { selectCustomer } from "../queries/select-customer.js";
import { createCustomer, type PayKitCustomer } from "./customer.js";
import { type QueryView, viewOf } from "./query-view.js";
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
  const paykit = usePayKit(customerId);
  const query = useCustomerQuery(customerId, selectCustomer);
  const { data } = query;
  const customer = useMemo(() => (data ? createCustomer(data, paykit) : null), [data, paykit]);
  return viewOf(query, { status: data ? "ready" : "anonymous", customer }) as PayKitCustomerView;
}
