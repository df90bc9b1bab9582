"use client";
import type { ComponentPropsWithoutRef } from "react";
import { type CheckoutOptions, useCheckout } from "../hooks/use-checkout.js";
import { useFormAction } from "../hooks/use-form-action.js";
import type { ForCustomer } from "../provider/for-customer.js";
import { useText } from "../provider/use-text.js";
import { CommandForm } from "./command-form.js";

export interface CheckoutButtonProps
  extends CheckoutOptions,
    ForCustomer,
    ComponentPropsWithoutRef<"button"> {
  /** Puts the button's props on the one child instead of a `<button>`. */
  asChild?: boolean | undefined;
}

/**
 * Sends the customer to checkout: a plain form before hydration and without JavaScript. States: `idle`, `pending`, `error`
 * on the form's `data-state`. Other props go to the button.
 */
export function CheckoutButton({
  productId,
  quantity,
  interval,
  successUrl,
  cancelUrl,
  customerId,
  children,
  ...button
}: CheckoutButtonProps) {
  const { checkout, ...command } = useCheckout({ customerId });
  const text = useText();
  const { action, fields } = useFormAction("/checkout", customerId);
  const options = { productId, quantity, interval, successUrl, cancelUrl };
  return (
    <CommandForm
      {...button}
      name="checkout"
      action={action}
      fields={{ ...options, ...fields }}
      command={command}
      run={() => checkout(options)}
    >
      {children ?? text("Buy")}
    </CommandForm>
  );
}
