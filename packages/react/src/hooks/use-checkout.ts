"use client";
import type { CheckoutBody, PriceInterval, UrlAnswer } from "@paykit/server/contract";
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
  /**
   * Creates a checkout session and leaves for its page. Resolves when the browser brings this page back, or has stayed for ten
   * seconds. Rejects with a `PayKitError`, which is also in `error`.
   */
  checkout: (options: CheckoutOptions) => Promise<UrlAnswer>;
}

/** Sends the customer to checkout. A second call while one is under way does nothing more. */
export function useCheckout({ customerId }: ForCustomer = {}): CheckoutView {
  const { run, ...view } = useCommand<UrlAnswer, CheckoutBody>(usePayKit(customerId), "/checkout");
  return { checkout: run, ...view };
}
