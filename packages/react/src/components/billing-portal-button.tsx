"use client";
import type { ComponentPropsWithoutRef } from "react";
import { type PortalOptions, useBillingPortal } from "../hooks/use-billing-portal.js";
import { useFormAction } from "../hooks/use-form-action.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { useText } from "../provider/use-text.js";
import { CommandForm } from "./command-form.js";

export interface BillingPortalButtonProps
  extends PortalOptions,
    ForCustomer,
    ComponentPropsWithoutRef<"button"> {
  /** Puts the button's props on the one child instead of a `<button>`. */
  asChild?: boolean | undefined;
}

/** Sends the customer to the billing portal: a plain form before hydration and without JavaScript. */
export function BillingPortalButton({
  returnUrl,
  flow,
  customerId,
  children,
  ...button
}: BillingPortalButtonProps) {
  const { open, ...command } = useBillingPortal({ customerId });
  const text = useText();
  const { action, fields } = useFormAction("/portal", customerId);
  return (
    <CommandForm
      {...button}
      name="portal"
      action={action}
      fields={{ returnUrl, flow, ...fields }}
      command={command}
      run={() => open({ returnUrl, flow })}
    >
      {children ?? text("Manage billing")}
    </CommandForm>
  );
}
