"use client";
import { useMutation } from "@tanstack/react-query";
import { spendOptions } from "../mutations/spend-options.js";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import type { ItemId } from "../register.js";

export interface SpendItemView {
  /**
   * Shows `amount` less while `action` runs, which spends it on the server (a server action that calls `report`). Resolves
   * with what it resolved with, when the page is fresh; rejects when it rejects, and then shows what was there before.
   */
  spend: <Result>(amount: number, action: () => Promise<Result>) => Promise<Result>;
  isPending: boolean;
  error: Error | null;
}

/** Optimistic use of an item. */
export function useSpendItem(itemId: ItemId, { customerId }: ForCustomer = {}): SpendItemView {
  const paykit = usePayKit(customerId);
  const { mutateAsync, isPending, error } = useMutation(spendOptions(paykit, itemId), paykit.queryClient);
  return {
    spend: async <Result>(amount: number, action: () => Promise<Result>) =>
      (await mutateAsync({ amount, action })) as Result,
    isPending,
    error,
  };
}
