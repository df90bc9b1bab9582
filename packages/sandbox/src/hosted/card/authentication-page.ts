import { formatAmount } from "../../engine/format-amount.js";
import type { Challenge } from "../../world/hosted/payment.js";
import { type Html, html } from "../page/html.js";
import { renderPage } from "../page/render-page.js";

/** The step that a bank adds to some payments (3D Secure). Both answers can be given, as both happen. */
export function authenticationPage({ id, amount, currency, last4, returnPath }: Challenge): Html {
  const what = amount === 0 ? "saving this card" : `a payment of ${formatAmount(amount, currency)}`;
  return renderPage({
    title: "Confirm with your bank",
    width: "narrow",
    body: html`<section class="card stack">
      <h1>Confirm with your bank</h1>
      <p>A bank would now ask you to confirm ${what} with your card ending in ${last4}. This page stands in for it.</p>
      <form method="post" action="/c/challenge/${id}" class="row">
        <button class="primary" name="outcome" value="confirm">Confirm</button>
        <button name="outcome" value="refuse">Refuse</button>
      </form>
      <p class="small"><a href="${returnPath}">Go back without confirming</a></p>
    </section>`,
  });
}
