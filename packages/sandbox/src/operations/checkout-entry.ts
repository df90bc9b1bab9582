import type { Payer } from "../billing/complete-checkout.js";
import { enterCard } from "../payments/enter-card.js";
import { createPaymentMethod } from "../payments/payment-method.js";
import type { CheckoutPayment } from "../world/hosted/checkout.js";
import type { Problem } from "../world/hosted/payment.js";
import type { CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { needsCard, viewCheckout } from "./checkout-view.js";
import { problem } from "./problem.js";

/** Takes what the person filled in besides the card. */
export function readEntry(world: World, session: CheckoutSession, payment: CheckoutPayment): Problem | null {
  const { email } = viewCheckout(world, session);
  if (email === null && !/^\S+@\S+\.\S+$/.test(payment.email ?? ""))
    return problem("email", "Enter your email address.");
  if (session.consent_collection?.terms_of_service === "required") {
    if (!payment.termsAccepted) return problem("termsOfService", "Accept the terms of service to go on.");
    world.change("checkout.session", session.id, {
      consent: { promotions: null, terms_of_service: "accepted" },
    });
  }
  return readCustomFields(world, session, payment.customFields ?? {});
}

function readCustomFields(
  world: World,
  session: CheckoutSession,
  values: Record<string, string>,
): Problem | null {
  const missing = session.custom_fields.find(({ key, optional }) => !optional && !values[key]?.trim());
  if (missing)
    return problem(`customField.${missing.key}`, `Fill in ${missing.label.custom ?? missing.key}.`);
  if (session.custom_fields.length === 0) return null;
  world.change("checkout.session", session.id, {
    custom_fields: session.custom_fields.map((field) => {
      const value = values[field.key]?.trim() || null;
      return {
        ...field,
        ...(field.text ? { text: { ...field.text, value } } : {}),
        ...(field.numeric ? { numeric: { ...field.numeric, value } } : {}),
        ...(field.dropdown ? { dropdown: { ...field.dropdown, value } } : {}),
      };
    }),
  });
  return null;
}

export function toPayer(world: World, session: CheckoutSession, payment: CheckoutPayment): Payer | Problem {
  const { email } = viewCheckout(world, session);
  const billing = {
    email: email ?? payment.email?.trim() ?? null,
    name: payment.name?.trim() || payment.card?.name?.trim() || null,
    ...(payment.card?.postalCode
      ? {
          address: {
            city: null,
            country: null,
            line1: null,
            line2: null,
            postal_code: payment.card.postalCode,
            state: null,
          },
        }
      : {}),
  };
  if (payment.savedCardId !== undefined) {
    const saved = world.find("payment_method", payment.savedCardId);
    if (saved === undefined || saved.customer !== session.customer)
      return problem("savedCard", "This card is no longer there.");
    return { paymentMethod: saved.id, billing };
  }
  if (payment.card === undefined) {
    return needsCard(session)
      ? problem("cardNumber", "Enter your card number.")
      : { paymentMethod: null, billing };
  }
  const entered = enterCard(payment.card, world.nowFor(session.customer));
  if ("type" in entered) return entered;
  return { paymentMethod: createPaymentMethod(world, { ...entered, billingDetails: billing }).id, billing };
}
