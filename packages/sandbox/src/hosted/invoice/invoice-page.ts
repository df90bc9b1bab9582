import { formatAmount } from "../../engine/format-amount.js";
import type { InvoiceView } from "../../world/hosted/invoice.js";
import { type CardFieldFaults, cardFields } from "../card/card-fields.js";
import { testCards } from "../card/test-cards.js";
import { alert } from "../page/alert.js";
import { formatDay } from "../page/format-date.js";
import { type Html, html } from "../page/html.js";
import { renderPage } from "../page/render-page.js";
import { statusTag } from "../page/status-tag.js";

export type InvoiceFaults = CardFieldFaults & { payment?: string };

/** An invoice to read, to print and, while it is open, to pay. */
export function invoicePage(invoice: InvoiceView, faults: InvoiceFaults = {}): Html {
  const title = invoice.number === null ? "Draft invoice" : `Invoice ${invoice.number}`;
  return renderPage({
    title,
    width: "narrow",
    body: html`<div class="stack">
      <section class="card stack" aria-labelledby="invoice-heading">
        <div class="spread">
          <h1 id="invoice-heading">${title}</h1>
          ${statusTag(invoice.status)}
        </div>
        ${facts(invoice)} ${lines(invoice)} ${totals(invoice)}
      </section>
      ${invoice.status === "open" && invoice.amountRemaining > 0 ? payment(invoice, faults) : ""}
    </div>`,
  });
}

function facts({ customer, createdAt, dueAt, paidAt }: InvoiceView): Html {
  const billedTo = [customer.name, customer.email].filter((one) => one !== null).join(", ");
  return html`<div class="soft small">
    ${billedTo === "" ? "" : html`<p>Billed to ${billedTo}</p>`}
    <p>Issued on ${formatDay(createdAt)}</p>
    ${dueAt === null ? "" : html`<p>Due on ${formatDay(dueAt)}</p>`}
    ${paidAt === null ? "" : html`<p>Paid on ${formatDay(paidAt)}</p>`}
  </div>`;
}

function lines(invoice: InvoiceView): Html {
  return html`<ul class="plain lines">
    ${invoice.lines.map(
      ({ description, amount, period }) => html`<li>
        <span class="stack-tight">
          <span>${description}</span>
          ${
            period.end > period.start
              ? html`<span class="soft small">${formatDay(period.start)} to ${formatDay(period.end)}</span>`
              : ""
          }
        </span>
        <span class="amount">${formatAmount(amount, invoice.currency)}</span>
      </li>`,
    )}
  </ul>`;
}

function totals({
  currency,
  subtotal,
  discounts,
  total,
  appliedBalance,
  amountDue,
  amountRemaining,
}: InvoiceView): Html {
  const row = (label: string, amount: number, emphasis = "") => html`<div class="${emphasis}">
    <dt>${label}</dt>
    <dd class="amount">${formatAmount(amount, currency)}</dd>
  </div>`;
  return html`<dl class="totals">
    ${discounts.length === 0 ? "" : row("Subtotal", subtotal)}
    ${discounts.map(({ label, amount }) => row(label, -amount))} ${row("Total", total, "total")}
    ${appliedBalance === 0 ? "" : row("From your balance", appliedBalance)}
    ${amountDue === total ? "" : row("Amount due", amountDue)}
    ${amountRemaining === amountDue ? "" : row("Left to pay", amountRemaining)}
  </dl>`;
}

function payment({ id, currency, amountRemaining, savedCards }: InvoiceView, faults: InvoiceFaults): Html {
  return html`<section class="card stack no-print" aria-labelledby="pay-heading">
    <h2 id="pay-heading">Pay ${formatAmount(amountRemaining, currency)}</h2>
    ${alert(faults.payment)}
    <form method="post" action="/i/${id}" class="stack" novalidate>
      ${cardFields(faults, savedCards)}
      <button class="primary wide">Pay</button>
    </form>
    ${testCards()}
  </section>`;
}
