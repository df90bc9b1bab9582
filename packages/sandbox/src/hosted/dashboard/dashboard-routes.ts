import { Hono } from "hono";
import type { AdvanceStep, DashboardOperations } from "../../world/hosted/dashboard.js";
import { html } from "../page/html.js";
import { notFoundPage } from "../page/message-page.js";
import { readForm } from "../page/read-form.js";
import { dashboardLayout, TABS } from "./dashboard-layout.js";
import { eventList } from "./event-list.js";
import { type ListedKind, objectTable } from "./object-table.js";
import { overview } from "./overview.js";

const LISTS: readonly { path: string; title: string; kind: ListedKind }[] = [
  { path: "/dashboard/customers", title: "Customers", kind: "customer" },
  { path: "/dashboard/subscriptions", title: "Subscriptions", kind: "subscription" },
  { path: "/dashboard/invoices", title: "Invoices", kind: "invoice" },
  { path: "/dashboard/payments", title: "Payments", kind: "payment_intent" },
];
const LIST_LIMIT = 100;

/** The dashboard: what is in the sandbox, what it has sent, and its clock. */
export function dashboardRoutes(dashboard: DashboardOperations): Hono {
  const routes = new Hono();

  routes.get("/", (context) =>
    context.html(dashboardLayout({ dashboard, path: "/", title: "Sandbox", body: overview(dashboard) })),
  );

  for (const { path, title, kind } of LISTS) {
    routes.get(path, (context) => {
      const body = html`<section class="card">${objectTable(kind, dashboard.list(kind, { limit: LIST_LIMIT }), dashboard.get)}</section>`;
      return context.html(dashboardLayout({ dashboard, path, title, body }));
    });
  }

  routes.get("/dashboard/events", (context) => {
    const path = "/dashboard/events";
    const body = html`<section class="card">${eventList(dashboard.events({ limit: LIST_LIMIT }), path)}</section>`;
    return context.html(dashboardLayout({ dashboard, path, title: "Events", body }));
  });

  routes.post("/dashboard/events/:id/replay", async (context) => {
    await dashboard.replay(context.req.param("id"));
    return context.redirect(tabOf((await readForm(context)).get("from")), 303);
  });

  routes.post("/dashboard/clock", async (context) => {
    const form = await readForm(context);
    const step = STEPS.find((one) => one === form.get("step"));
    if (step !== undefined) await dashboard.clock.advance(step);
    return context.redirect(tabOf(form.get("from")), 303);
  });

  routes.get("/dashboard/:object/:id", (context) => {
    const { object: kind, id } = context.req.param();
    const object = dashboard.get(kind, id);
    if (object === null) return context.html(notFoundPage(kind.replaceAll("_", " ")), 404);
    const body = html`<section class="card"><pre tabindex="0">${JSON.stringify(object, null, 2)}</pre></section>`;
    return context.html(dashboardLayout({ dashboard, path: context.req.path, title: id, body }));
  });

  return routes;
}

const STEPS: readonly AdvanceStep[] = ["day", "week", "month", "next_renewal"];

/** The tab a form was sent from; what is no tab leads to the first, never to an address of somebody else's. */
function tabOf(path: string): string {
  return TABS.find(([href]) => href === path)?.[0] ?? "/";
}
