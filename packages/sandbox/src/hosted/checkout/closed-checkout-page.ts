import type { CheckoutView } from "../../world/hosted/checkout.js";
import type { Html } from "../page/html.js";
import { messagePage } from "../page/message-page.js";

/** What a link to a checkout shows when there is nothing left to pay: it was completed, or it has expired. */
export function closedCheckoutPage({ status, successUrl, cancelUrl }: CheckoutView): Html {
  if (status === "complete") {
    return messagePage({
      title: "You are all set",
      message: "This checkout is complete. There is nothing more to do here.",
      link: successUrl === null ? undefined : { href: successUrl, text: "Continue" },
    });
  }
  return messagePage({
    title: "This checkout has expired",
    message: "Nothing was charged. Go back and start again to get a new one.",
    link: cancelUrl === null ? undefined : { href: cancelUrl, text: "Go back" },
  });
}
