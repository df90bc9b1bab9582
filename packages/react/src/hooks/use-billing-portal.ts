"use client";
import type { PortalBody, UrlAnswer } from "@paykit/server/contract";
import { usePayKit } from "../provider/context.js";
import type { ForCustomer } from "../provider/for-customer.js";
import type { CommandView } from "./command-view.js";
import { useCommand } from "./use-command.js";

export interface PortalOptions {
  /** Where the portal leads back to. Default: this page. */
  returnUrl?: string | undefined;
  /** Opens the portal at one task. Default: its first page. */
  flow?: PortalBody["flow"] | undefined;
}

export interface BillingPortalView extends CommandView {
  /** Leaves for the portal; settled as `checkout` is. Rejects with a `PayKitError`, which is also in `error`. */
  open: (options?: PortalOptions) => Promise<UrlAnswer>;
}

/** Sends the customer to the billing portal: card, invoices, cancelling. */
export function useBillingPortal({ customerId }: ForCustomer = {}): BillingPortalView {
  const { run, ...view } = useCommand<UrlAnswer, PortalBody>(usePayKit(customerId), "/portal");
  return { open: (options = {}) => run(options), ...view };
}
