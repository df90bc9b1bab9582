import type { PortalSubscription, PortalView } from "../../world/hosted/portal.js";
import { formatDay } from "../page/format-date.js";
import { type Html, html } from "../page/html.js";
import { portalLayout, portalPath } from "./portal-layout.js";
import { planNameOf, reasonTextOf } from "./portal-words.js";

/** What canceling means, when it takes effect, and, where the app asks for one, the reason. */
export function cancelPage(portal: PortalView, subscription: PortalSubscription, fault?: string): Html {
  const reasons = portal.features.cancel?.reasons ?? [];
  return portalLayout({
    portal,
    title: "Cancel your plan",
    fault,
    body: html`<form
      method="post"
      action="${portalPath(portal, "subscriptions", subscription.id, "cancel")}"
      class="card stack"
    >
      <p><strong>${planNameOf(subscription)}</strong></p>
      <p>${consequenceOf(portal, subscription)}</p>
      ${reasons.length === 0 ? "" : reasonChoice(reasons)}
      <input type="hidden" name="confirmed" value="yes" />
      <div class="row"><button class="danger">Cancel plan</button></div>
    </form>`,
  });
}

function consequenceOf(
  portal: PortalView,
  { currentPeriodEnd, trialEnd, status }: PortalSubscription,
): string {
  if (portal.features.cancel?.mode === "immediately")
    return "It ends at once, and this cannot be taken back.";
  const end = status === "trialing" && trialEnd !== null ? trialEnd : currentPeriodEnd;
  return `You keep it until ${formatDay(end)}, and can resume it until then.`;
}

function reasonChoice(reasons: readonly string[]): Html {
  return html`<fieldset class="choices">
      <legend>Why are you leaving? (optional)</legend>
      ${reasons.map(
        (reason) => html`<label class="row">
          <input type="radio" name="feedback" value="${reason}" /> ${reasonTextOf(reason)}
        </label>`,
      )}
    </fieldset>
    <div class="field">
      <label for="comment">Anything to add? (optional)</label>
      <input id="comment" name="comment" autocomplete="off" />
    </div>`;
}
