"use client";
import { useMemo } from "react";
import type { ForCustomer } from "../provider/for-customer.js";
import { selectEntitlement } from "../queries/select-entitlement.js";
import type { ItemId } from "../register.js";
import { createItem, type Item } from "./item.js";
import { type QueryView, viewOf } from "./query-view.js";
import { useCustomerQuery } from "./use-customer-query.js";

/** `error`: the last read failed; `item` is as it was last known, null when it never was. Nobody signed in has 0. */
export type ItemView = QueryView &
  (
    | { status: "ready"; item: Item }
    | { status: "error"; item: Item | null }
    | { status: "pending"; item: null }
  );

/** The quantity that the customer has of a metered feature. */
export function useItem(itemId: ItemId, { customerId }: ForCustomer = {}): ItemView {
  const query = useCustomerQuery(customerId, (snapshot) => selectEntitlement(snapshot, itemId));
  const { data } = query;
  const item = useMemo(() => (data ? createItem(itemId, data) : null), [itemId, data]);
  return viewOf(query, { status: "ready", item }) as ItemView;
}
