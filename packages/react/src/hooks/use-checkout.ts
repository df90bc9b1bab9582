"use client";
import type { PriceInterval } from "@paykit/server/contract";
import { checkoutOptions } from "../mutations/checkout-options.js";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import type { ProductId } from "../register.js";
import type { CommandView } from "./command-view.js";
import { useCommand } from "./use-command.js";

/** What to buy. URLs are paths of your own or URLs of a trusted origin. */
export interface CheckoutOptions {
  productId: ProductId;
  /** How many of a stackable product. Default 1. */
  quantity?: number | undefined;
  /** Which of the plan's prices. Default: the first. */
  interval?: PriceInterval | undefined;
  successUrl?: string | undefined;
  cancelUrl?: string | undefined;
}

export interface CheckoutView extends CommandView {
  /** Creates a checkout session and leaves for its page. Rejects with a `PayKitError`, which is also in `error`. */
  checkout: (options: CheckoutOptions) => Promise<{ url: string }>;
}

/** Sends the customer to checkout. A second call while one is under way does nothing more. */
export function useCheckout({ customerId }: ForCustomer = {}): CheckoutView {
  const paykit = usePayKit(customerId);
  const { run, ...view } = useCommand(paykit, checkoutOptions(paykit), ({ url }) => url);
  return { checkout: run, ...view };
}
