import type { DashboardOperations } from "../../world/hosted/dashboard.js";
import { formatMinute } from "../page/format-date.js";
import { type Html, html } from "../page/html.js";
import { renderPage } from "../page/render-page.js";

/** The pages of the dashboard, by path. */
export const TABS = [
  ["/", "Overview"],
  ["/dashboard/customers", "Customers"],
  ["/dashboard/subscriptions", "Subscriptions"],
  ["/dashboard/invoices", "Invoices"],
  ["/dashboard/payments", "Payments"],
  ["/dashboard/events", "Events"],
] as const;

/** What every dashboard page has: the tabs and the clock. */
export function dashboardLayout({
  dashboard,
  path,
  title,
  body,
}: {
  dashboard: DashboardOperations;
  path: string;
  title: string;
  body: Html;
}): Html {
  return renderPage({
    title,
    body: html`<div class="stack">
      <nav class="tabs" aria-label="Dashboard">
        ${TABS.map(
          ([href, text]) =>
            html`<a href="${href}" ${href === path ? html`aria-current="page"` : ""}>${text}</a>`,
        )}
      </nav>
      ${clock(dashboard.clock, path)}
      <h1>${title}</h1>
      ${body}
    </div>`,
  });
}

const STEPS = [
  ["day", "Advance a day"],
  ["week", "A week"],
  ["month", "A month"],
] as const;

function clock({ now, nextRenewalAt }: DashboardOperations["clock"], path: string): Html {
  const next = nextRenewalAt();
  const at = (date: Date) => formatMinute(date.getTime() / 1_000);
  return html`<section class="card spread middle" aria-labelledby="clock-heading">
    <div>
      <h2 id="clock-heading" class="small soft">Sandbox time (UTC)</h2>
      <p class="amount"><strong>${at(now())}</strong></p>
      <p class="small soft">${next === null ? "Nothing renews." : `Next renewal: ${at(next)}`}</p>
    </div>
    <form method="post" action="/dashboard/clock" class="row">
      <input type="hidden" name="from" value="${path}" />
      ${STEPS.map(([step, text]) => html`<button name="step" value="${step}">${text}</button>`)}
      ${next === null ? "" : html`<button class="primary" name="step" value="next_renewal">To the next renewal</button>`}
    </form>
  </section>`;
}
