import type { PortalPrice, PortalSubscription, PortalView } from "../../world/hosted/portal.js";
import { field } from "../page/field.js";
import { type Html, html } from "../page/html.js";
import { portalLayout, portalPath } from "./portal-layout.js";
import { priceTextOf } from "./portal-words.js";

/** The plans to switch to, and how many of them. The next page shows what it costs before anything changes. */
export function changePage(portal: PortalView, subscription: PortalSubscription, fault?: string): Html {
  const update = portal.features.update;
  const item = subscription.items[0];
  if (update === null || item === undefined) {
    return portalLayout({
      portal,
      title: "Change your plan",
      body: html`<p>This plan cannot be changed here.</p>`,
    });
  }
  return portalLayout({
    portal,
    title: "Change your plan",
    fault,
    body: html`<form
      method="get"
      action="${portalPath(portal, "subscriptions", subscription.id, "confirm")}"
      class="card stack"
    >
      ${update.allows.includes("price") ? priceChoice(update.prices, item.price.id) : ""}
      ${
        update.allows.includes("quantity")
          ? field({
              name: "quantity",
              label: "Quantity",
              type: "number",
              min: 1,
              value: String(item.quantity),
            })
          : ""
      }
      ${update.allows.includes("promotion_code") ? field({ name: "promotionCode", label: "Promotion code" }) : ""}
      <div class="row"><button class="primary">Continue</button></div>
    </form>`,
  });
}

function priceChoice(prices: readonly PortalPrice[], current: string): Html {
  return html`<fieldset class="choices">
    <legend>Plan</legend>
    ${prices.map(
      (price) => html`<label class="row">
        <input type="radio" name="price" value="${price.id}" ${price.id === current ? "checked" : ""} />
        <span class="stack-tight">
          <span>${price.productName}${price.id === current ? " (now)" : ""}</span>
          <span class="soft small">${priceTextOf(price)}</span>
        </span>
      </label>`,
    )}
  </fieldset>`;
}
