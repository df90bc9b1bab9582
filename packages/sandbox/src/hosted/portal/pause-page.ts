import type { PortalSubscription, PortalView } from "../../world/hosted/portal.js";
import { type Html, html } from "../page/html.js";
import { portalLayout, portalPath } from "./portal-layout.js";
import { planNameOf } from "./portal-words.js";

/** What pausing means, before it is done. */
export function pausePage(portal: PortalView, subscription: PortalSubscription, fault?: string): Html {
  return portalLayout({
    portal,
    title: "Pause your plan",
    fault,
    body: html`<form
      method="post"
      action="${portalPath(portal, "subscriptions", subscription.id, "pause")}"
      class="card stack"
    >
      <p><strong>${planNameOf(subscription)}</strong></p>
      <p>Nothing is charged and nothing can be used until you resume it here.</p>
      <div class="row"><button class="primary">Pause plan</button></div>
    </form>`,
  });
}
