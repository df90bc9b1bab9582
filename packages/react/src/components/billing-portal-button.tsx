"use client";
import type { PortalOptions } from "../hooks/use-billing-portal.js";
import { type CommandButtonProps, CommandForm } from "./command-form.js";

export interface BillingPortalButtonProps extends PortalOptions, CommandButtonProps {}

/** Sends the customer to the billing portal: a plain form before hydration and without JavaScript. */
export function BillingPortalButton({ returnUrl, flow, ...button }: BillingPortalButtonProps) {
  return <CommandForm verb="portal" body={{ returnUrl, flow }} label="Manage billing" {...button} />;
}
