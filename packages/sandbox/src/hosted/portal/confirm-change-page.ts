import { formatAmount } from "../../engine/format-amount.js";
import type {
  ChangePreview,
  PortalOperations,
  PortalSubscription,
  PortalView,
} from "../../world/hosted/portal.js";
import { formatDay } from "../page/format-date.js";
import { type Html, html } from "../page/html.js";
import { changePage } from "./change-page.js";
import { portalLayout, portalPath } from "./portal-layout.js";
import { type RequestedChange, toChange } from "./read-change.js";

/** What a change costs, line by line, before it is made. */
function confirmChangePage({
  portal,
  subscription,
  change,
  preview,
  fault,
}: {
  portal: PortalView;
  subscription: PortalSubscription;
  change: RequestedChange;
  preview: ChangePreview;
  fault?: string | undefined;
}): Html {
  const { currency, next, effectiveAt, dueNow } = preview;
  return portalLayout({
    portal,
    title: "Confirm your change",
    fault,
    body: html`<form
      method="post"
      action="${portalPath(portal, "subscriptions", subscription.id, "change")}"
      class="card stack"
    >
      <p>${describeChange(portal, subscription, change)}</p>
      <dl class="totals">
        ${preview.lines.map(
          ({ description, amount }) => html`<div>
            <dt>${description}</dt>
            <dd class="amount">${formatAmount(amount, currency)}</dd>
          </div>`,
        )}
        <div class="total">
          <dt>Due now</dt>
          <dd class="amount">${formatAmount(dueNow, currency)}</dd>
        </div>
      </dl>
      <p class="soft">
        Takes effect on ${formatDay(effectiveAt)}. The next payment is ${formatAmount(next.amount, currency)} on
        ${formatDay(next.at)}.
      </p>
      ${Object.entries(change).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <div class="row"><button class="primary">Confirm change</button></div>
    </form>`,
  });
}

function describeChange(
  portal: PortalView,
  { items }: PortalSubscription,
  { price, quantity }: RequestedChange,
): string {
  const item = items[0];
  const wanted = portal.features.update?.prices.find(({ id }) => id === price) ?? item?.price;
  const count = quantity ?? String(item?.quantity ?? 1);
  return `From ${item?.price.productName ?? "your plan"} to ${wanted?.productName ?? "the new plan"}${count === "1" ? "" : ` × ${count}`}.`;
}

/** The confirmation of a change, or the choice of plans with what is wrong with it. */
export function confirmPageFor({
  operations,
  portal,
  subscription,
  change,
  fault,
}: {
  operations: PortalOperations;
  portal: PortalView;
  subscription: PortalSubscription;
  change: RequestedChange;
  fault?: string;
}): Html {
  const preview = operations.previewChange(portal.id, subscription.id, toChange(change));
  if ("type" in preview) return changePage(portal, subscription, preview.message);
  return confirmChangePage({ portal, subscription, change, preview, fault });
}
