"use client";
import type { PortalOptions } from "../hooks/use-billing-portal.js";
import { useText } from "../provider/use-text.js";
import { type CommandButtonProps, CommandForm } from "./command-form.js";

export interface BillingPortalButtonProps extends PortalOptions, CommandButtonProps {}

/** Sends the customer to the billing portal: a plain form before hydration and without JavaScript. */
export function BillingPortalButton({ returnUrl, flow, ...button }: BillingPortalButtonProps) {
  const text = useText();
  const fields = { returnUrl, flow };
  return (
    <CommandForm verb="portal" body={fields} post={{ to: "portal", fields }} {...button}>
      {button.children ?? text("Manage billing")}
    </CommandForm>
  );
}
