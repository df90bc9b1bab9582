import type { CheckoutView } from "../../world/hosted/checkout.js";
import { type CardFieldFaults, cardFields } from "../card/card-fields.js";
import { testCards } from "../card/test-cards.js";
import { alert } from "../page/alert.js";
import { field } from "../page/field.js";
import { type Html, html } from "../page/html.js";
import { renderPage } from "../page/render-page.js";
import { headingOf, payButtonOf } from "./checkout-words.js";
import { customFields } from "./custom-fields.js";
import { orderSummary } from "./order-summary.js";

/** What went wrong with what was sent last, by the name of the field; `payment` is about the whole. */
export type CheckoutFaults = CardFieldFaults & {
  payment?: string;
  email?: string;
  terms?: string;
  promotionCode?: string;
  quantity?: string;
  custom?: Readonly<Record<string, string>>;
};

/** What was typed and may be shown again. */
export type CheckoutTyped = { email?: string; custom?: Readonly<Record<string, string>> };

/** The page on which a customer pays, subscribes, starts a trial or saves a card. */
export function checkoutPage(
  order: CheckoutView,
  faults: CheckoutFaults = {},
  typed: CheckoutTyped = {},
): Html {
  return renderPage({
    title: headingOf(order),
    body: html`<div class="columns">
      ${orderSummary(order, faults)}
      <section class="card stack" aria-labelledby="payment-heading">
        <h2 id="payment-heading">${order.needsCard ? "Pay with card" : "Your details"}</h2>
        ${alert(faults.payment)}
        <form method="post" action="/c/pay/${order.id}" class="stack" novalidate>
          ${email(order, faults, typed)} ${order.needsCard ? cardFields(faults, order.savedCards) : ""}
          ${customFields(order.customFields, faults.custom ?? {}, typed.custom ?? {})} ${terms(order, faults)}
          <button class="primary wide">${payButtonOf(order)}</button>
          ${order.submitMessage === null ? "" : html`<p class="soft small">${order.submitMessage}</p>`}
        </form>
        ${order.needsCard ? testCards() : ""}
      </section>
    </div>`,
  });
}

function email(order: CheckoutView, faults: CheckoutFaults, typed: CheckoutTyped): Html {
  if (order.emailIsFixed && order.email !== null) {
    return html`<p class="stack-small">
      <span class="small">Email</span>
      <span class="soft">${order.email}</span>
    </p>`;
  }
  return field({
    name: "email",
    label: "Email",
    type: "email",
    inputmode: "email",
    autocomplete: "email",
    value: typed.email ?? order.email ?? "",
    error: faults.email,
  });
}

function terms({ needsTermsOfService }: CheckoutView, faults: CheckoutFaults): Html | "" {
  if (!needsTermsOfService) return "";
  return html`<div class="field">
    <label class="row" for="terms">
      <input type="checkbox" id="terms" name="terms" value="accepted" aria-describedby="terms-error" /> I agree to the terms
      of service
    </label>
    <span class="error" id="terms-error">${faults.terms ?? ""}</span>
  </div>`;
}
