"use client";
import type { CheckoutOptions } from "../hooks/use-checkout.js";
import { useText } from "../provider/use-text.js";
import { type CommandButtonProps, CommandForm } from "./command-form.js";

export interface CheckoutButtonProps extends CheckoutOptions, CommandButtonProps {}

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
  ...button
}: CheckoutButtonProps) {
  const text = useText();
  const fields = { productId, quantity, interval, successUrl, cancelUrl };
  return (
    <CommandForm verb="checkout" body={fields} post={{ to: "checkout", fields }} {...button}>
      {button.children ?? text("Buy")}
    </CommandForm>
  );
}
