import type { DashboardOperations } from "../../world/hosted/dashboard.js";
import { type Html, html } from "../page/html.js";
import { eventList } from "./event-list.js";
import { objectTable } from "./object-table.js";

const RECENT = 10;

/** The first page: the latest subscriptions and what happened last. */
export function overview(dashboard: DashboardOperations): Html {
  return html`
    <p class="soft">
      Everything here lives on this machine and behaves as Stripe's documentation describes. It is not made or checked by
      Stripe.
    </p>
    <section class="card stack" aria-labelledby="latest-subscriptions">
      <h2 id="latest-subscriptions">Latest subscriptions</h2>
      ${objectTable("subscription", dashboard.list("subscription", { limit: RECENT }), dashboard.get)}
    </section>
    <section class="card stack" aria-labelledby="latest-events">
      <h2 id="latest-events">Latest events</h2>
      ${eventList(dashboard.events({ limit: RECENT }), "/")}
    </section>
  `;
}
