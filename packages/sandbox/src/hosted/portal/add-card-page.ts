import type { PortalView } from "../../world/hosted/portal.js";
import { type CardFieldFaults, cardFields } from "../card/card-fields.js";
import { testCards } from "../card/test-cards.js";
import { type Html, html } from "../page/html.js";
import { portalLayout, portalPath } from "./portal-layout.js";

/** A new card, which is used from then on. */
export function addCardPage(portal: PortalView, faults: CardFieldFaults = {}, fault?: string): Html {
  return portalLayout({
    portal,
    title: "Add a card",
    fault,
    body: html`<div class="card stack">
      <form method="post" action="${portalPath(portal, "card")}" class="stack" novalidate>
        ${cardFields(faults)}
        <p class="soft small">It is used for your plan from now on.</p>
        <div class="row"><button class="primary">Save card</button></div>
      </form>
      ${testCards()}
    </div>`,
  });
}
