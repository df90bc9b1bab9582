"use client";
import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { useItem } from "../hooks/use-item.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { useFormat } from "../provider/use-format.js";
import type { ItemId } from "../register.js";

export interface ItemBalanceProps extends ForCustomer, Omit<ComponentPropsWithoutRef<"span">, "children"> {
  item: ItemId;
  /** Shown while nothing is known. */
  pending?: ReactNode;
}

/** What is left of an item, as a number. States on `data-state`: `pending`, `ready`, `error`. */
export function ItemBalance({ item: itemId, customerId, pending, ...span }: ItemBalanceProps) {
  const { status, item } = useItem(itemId, { customerId });
  const { text, number } = useFormat();
  const quantity = item?.quantity ?? 0;
  return (
    <span {...span} data-paykit="item-balance" data-state={status}>
      {item === null ? pending : Number.isFinite(quantity) ? number(quantity) : text("Unlimited")}
    </span>
  );
}
