import { formatAmount } from "../../engine/format-amount.js";
import type { CheckoutLine, CheckoutView } from "../../world/hosted/checkout.js";
import { alert } from "../page/alert.js";
import { field } from "../page/field.js";
import { type Html, html } from "../page/html.js";
import type { CheckoutFaults } from "./checkout-page.js";
import { headingOf, renewalSentenceOf, unitPriceOf } from "./checkout-words.js";

/** What is being bought, what it costs now and later, and the two things that may be changed: quantity and code. */
export function orderSummary(order: CheckoutView, faults: CheckoutFaults): Html {
  const back = order.cancelUrl;
  return html`<section class="stack" aria-labelledby="order-heading">
    ${back === null ? "" : html`<p class="small"><a href="${back}">Cancel and go back</a></p>`}
    <h1 id="order-heading">${headingOf(order)}</h1>
    ${
      order.mode === "setup"
        ? html`<p class="soft">Your card is kept for later payments. Nothing is charged now.</p>`
        : amounts(order, faults)
    }
  </section>`;
}

function amounts(order: CheckoutView, faults: CheckoutFaults): Html {
  const renewal = renewalSentenceOf(order);
  return html`
    <p class="big amount">${formatAmount(order.total, order.currency)}</p>
    ${renewal === null ? "" : html`<p class="soft">${renewal}</p>`}
    ${alert(faults.quantity)}
    <ul class="lines plain">
      ${order.lines.map((line) => orderLine(line, order))}
    </ul>
    ${promotion(order, faults)} ${totals(order)}
  `;
}

function orderLine(line: CheckoutLine, order: CheckoutView): Html {
  const unit = unitPriceOf(line, order.currency);
  const isByUsage = line.recurring?.isMetered ?? false;
  return html`<li>
    <div class="stack-small">
      <span><strong>${line.name}</strong>${line.quantity === 1 ? "" : html` × ${line.quantity}`}</span>
      ${line.description === null ? "" : html`<span class="soft small">${line.description}</span>`}
      ${unit === null ? "" : html`<span class="soft small">${unit}</span>`}
      ${line.adjustable === null ? "" : quantityForm(order.id, line, line.adjustable)}
    </div>
    <span class="amount">${isByUsage ? "by usage" : formatAmount(line.amount, order.currency)}</span>
  </li>`;
}

function quantityForm(
  sessionId: string,
  line: CheckoutLine,
  { minimum, maximum }: { minimum: number; maximum: number },
): Html {
  return html`<form method="post" action="/c/pay/${sessionId}/quantity" class="join">
    <input type="hidden" name="lineId" value="${line.id}" />
    ${field({
      id: `quantity-${line.id}`,
      name: "quantity",
      label: `Quantity of ${line.name}`,
      type: "number",
      inputmode: "numeric",
      value: String(line.quantity),
      min: minimum,
      max: maximum,
    })}
    <button>Update</button>
  </form>`;
}

function promotion(
  { id, allowsPromotionCodes, promotionCode }: CheckoutView,
  faults: CheckoutFaults,
): Html | "" {
  if (!allowsPromotionCodes) return "";
  if (promotionCode !== null) {
    return html`<form method="post" action="/c/pay/${id}/promotion/remove" class="spread">
      <span>Promotion code <strong>${promotionCode}</strong></span>
      <button>Remove</button>
    </form>`;
  }
  return html`<form method="post" action="/c/pay/${id}/promotion" class="stack-small">
    <div class="join">
      ${field({ name: "promotionCode", label: "Promotion code", autocapitalize: "characters" })}
      <button>Apply</button>
    </div>
    ${alert(faults.promotionCode)}
  </form>`;
}

function totals({ currency, subtotal, discounts, total, trialEnd, later }: CheckoutView): Html {
  const hasSubtotal = discounts.length > 0 || subtotal !== total;
  return html`<dl class="totals">
    ${hasSubtotal ? totalRow("Subtotal", formatAmount(subtotal, currency)) : ""}
    ${discounts.map(({ label, amount }) => totalRow(label, formatAmount(-amount, currency)))}
    ${trialEnd !== null && later !== null ? totalRow("After the trial", formatAmount(later.amount, currency)) : ""}
    <div class="total">
      <dt>Total due today</dt>
      <dd class="amount">${formatAmount(total, currency)}</dd>
    </div>
  </dl>`;
}

function totalRow(label: string, amount: string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd class="amount">${amount}</dd>
  </div>`;
}
