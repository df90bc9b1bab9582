import type { CheckoutView } from "../../world/hosted/checkout.js";
import type { CardChoice } from "../card/read-card-form.js";
import type { Form } from "../page/read-form.js";
import type { CheckoutFaults } from "./checkout-page.js";
import { customName } from "./custom-fields.js";

/** What of a sent form is missing or malformed; an empty object when the payment may be tried. */
export function readCheckoutFaults({
  order,
  form,
  choice,
}: {
  order: CheckoutView;
  form: Form;
  choice: CardChoice | null;
}): CheckoutFaults {
  const needsEmail = !(order.emailIsFixed && order.email !== null);
  const hasEmail = /^\S+@\S+\.\S+$/.test(form.get("email"));
  const custom = customFaults(order, form);
  return {
    ...(needsEmail && !hasEmail ? { email: "Enter your email, such as ada@example.com." } : {}),
    ...(choice?.type === "faults" ? choice.faults : {}),
    ...(order.needsTermsOfService && form.get("terms") === ""
      ? { terms: "Agree to the terms to go on." }
      : {}),
    ...(Object.keys(custom).length > 0 ? { custom } : {}),
  };
}

function customFaults(order: CheckoutView, form: Form): Record<string, string> {
  return Object.fromEntries(
    order.customFields.flatMap(({ key, label, type, optional }) => {
      const value = form.get(customName(key));
      if (value === "") return optional ? [] : [[key, `Fill in: ${label}.`]];
      return type === "numeric" && !/^\d+$/.test(value) ? [[key, "Use digits only."]] : [];
    }),
  );
}
