import { formatAmount } from "../../engine/format-amount.js";
import type { SavedCard } from "../../world/hosted/payment.js";
import type { PortalInvoice, PortalSubscription, PortalView } from "../../world/hosted/portal.js";
import { describeCard } from "../card/describe-card.js";
import { field } from "../page/field.js";
import { formatDay } from "../page/format-date.js";
import { type Html, html } from "../page/html.js";
import { statusTag } from "../page/status-tag.js";
import { portalLayout, portalPath } from "./portal-layout.js";
import { planNameOf, standingOf } from "./portal-words.js";

/** All of a customer's billing on one page: plans, cards, details and invoices. */
export function portalHomePage(portal: PortalView, fault?: string): Html {
  const { features } = portal;
  return portalLayout({
    portal,
    title: "Billing",
    isStep: false,
    fault,
    body: html`
      ${portal.headline === null ? "" : html`<p class="soft">${portal.headline}</p>`} ${plans(portal)}
      ${features.paymentMethodUpdate ? cards(portal) : ""} ${features.customerUpdate.length > 0 ? details(portal) : ""}
      ${features.invoiceHistory ? invoices(portal) : ""}
    `,
  });
}

function plans(portal: PortalView): Html {
  return html`<section class="card stack" aria-labelledby="plan-heading">
    <h2 id="plan-heading">Your plan</h2>
    ${
      portal.subscriptions.length === 0
        ? html`<p class="soft">You have no plan at the moment.</p>`
        : portal.subscriptions.map((subscription) => plan(portal, subscription))
    }
  </section>`;
}

function plan(portal: PortalView, subscription: PortalSubscription): Html {
  const path = (step: string) => portalPath(portal, "subscriptions", subscription.id, step);
  const name = planNameOf(subscription);
  return html`<div class="stack-small plan">
    <p class="spread"><strong>${name}</strong> ${statusTag(subscription.status)}</p>
    <p>${standingOf(subscription)}</p>
    <div class="row">
      ${subscription.canResume ? formButton(path("resume"), "Resume plan", { isPrimary: true, about: name }) : ""}
      ${
        subscription.canChange && portal.features.update !== null
          ? html`<a class="button" href="${path("change")}" aria-label="Change plan: ${name}">Change plan</a>`
          : ""
      }
      ${subscription.canPause ? formButton(path("pause"), "Pause plan", { about: name }) : ""}
      ${subscription.canCancel ? formButton(path("cancel"), "Cancel plan", { about: name }) : ""}
    </div>
  </div>`;
}

function cards(portal: PortalView): Html {
  return html`<section class="card stack" aria-labelledby="card-heading">
    <h2 id="card-heading">Card</h2>
    ${
      portal.cards.length === 0
        ? html`<p class="soft">No card is on file.</p>`
        : html`<ul class="plain stack">
            ${portal.cards.map((card) => cardRow(portal, card))}
          </ul>`
    }
    <p><a class="button" href="${portalPath(portal, "card")}">Add a card</a></p>
  </section>`;
}

function cardRow(portal: PortalView, card: SavedCard): Html {
  const name = describeCard(card);
  const path = (step: string) => portalPath(portal, "cards", card.id, step);
  return html`<li class="stack-small">
    <span class="row">${name} ${card.isDefault ? html`<span class="tag good">in use</span>` : ""}</span>
    ${
      card.isDefault
        ? ""
        : html`<span class="row">
            ${formButton(path("default"), "Use this card", { about: name })}
            ${formButton(path("remove"), "Remove", { about: name })}
          </span>`
    }
  </li>`;
}

const DETAIL_FIELDS = [
  { name: "name", label: "Name", autocomplete: "name", type: "text" },
  { name: "email", label: "Email", autocomplete: "email", type: "email" },
  { name: "phone", label: "Phone", autocomplete: "tel", type: "tel" },
] as const;

function details(portal: PortalView): Html {
  const fields = DETAIL_FIELDS.filter(({ name }) => portal.features.customerUpdate.includes(name));
  return html`<section class="card stack" aria-labelledby="details-heading">
    <h2 id="details-heading">Your details</h2>
    <form method="post" action="${portalPath(portal, "details")}" class="stack">
      ${fields.map((one) => field({ ...one, value: portal.customer[one.name] ?? "" }))}
      <p><button>Save details</button></p>
    </form>
  </section>`;
}

function invoices(portal: PortalView): Html {
  return html`<section class="card stack" aria-labelledby="invoices-heading">
    <h2 id="invoices-heading">Invoices</h2>
    ${
      portal.invoices.length === 0
        ? html`<p class="soft">There are no invoices yet.</p>`
        : html`<ul class="plain lines">
            ${portal.invoices.map(invoiceRow)}
          </ul>`
    }
  </section>`;
}

function invoiceRow({
  number,
  id,
  createdAt,
  status,
  total,
  currency,
  description,
  hostedUrl,
}: PortalInvoice): Html {
  const name = number ?? id;
  return html`<li>
    <span class="stack-small">
      ${hostedUrl === null ? html`<span>${name}</span>` : html`<a href="${hostedUrl}">${name}</a>`}
      <span class="soft small">${formatDay(createdAt)}${description === "" ? "" : ` · ${description}`}</span>
    </span>
    <span class="stack-small end">
      <span class="amount">${formatAmount(total, currency)}</span>
      ${statusTag(status)}
    </span>
  </li>`;
}

function formButton(
  action: string,
  text: string,
  { isPrimary = false, about }: { isPrimary?: boolean; about: string },
) {
  return html`<form method="post" action="${action}">
    <button class="${isPrimary ? "primary" : ""}" aria-description="${about}">${text}</button>
  </form>`;
}
