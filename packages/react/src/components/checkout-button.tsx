"use client";
import type { CheckoutOptions } from "../hooks/use-checkout.js";
import { type CommandButtonProps, CommandForm } from "./command-form.js";

export interface CheckoutButtonProps extends CheckoutOptions, CommandButtonProps {}

/**
 * Sends the customer to checkout: a plain form before hydration and without JavaScript. States: `idle`, `pending`, `error`
 * on the form's `data-state`. Other props go to the button.
 */
export function CheckoutButton(props: CheckoutButtonProps) {
  const { productId, quantity, interval, successUrl, cancelUrl, ...button } = props;
  return (
    <CommandForm
      verb="checkout"
      body={{ productId, quantity, interval, successUrl, cancelUrl }}
      label="Buy"
      {...button}
    />
  );
}
