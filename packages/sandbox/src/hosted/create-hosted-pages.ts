import { Hono } from "hono";
import type { HostedOperations } from "../world/hosted.js";
import { challengeRoutes } from "./checkout/challenge-routes.js";
import { checkoutRoutes } from "./checkout/checkout-routes.js";
import { dashboardRoutes } from "./dashboard/dashboard-routes.js";
import { invoiceRoutes } from "./invoice/invoice-routes.js";
import { protectPages } from "./page/protect-pages.js";
import { portalRoutes } from "./portal/portal-routes.js";

/**
 * The pages that people see: checkout at `/c/pay/:sessionId`, its recovery link at
 * `/c/recover/:sessionId`, the bank's step at `/c/challenge/:id`, the portal at
 * `/p/session/:id`, an invoice at `/i/:invoiceId` and the dashboard at `/`. HTML forms only; no script, no asset.
 */
export function createHostedPages(operations: HostedOperations): Hono {
  const pages = new Hono();
  for (const path of ["/", "/c/*", "/p/*", "/i/*", "/dashboard/*"]) pages.use(path, protectPages());
  pages.route("/", checkoutRoutes(operations.checkout));
  pages.route("/", challengeRoutes(operations.checkout));
  pages.route("/", portalRoutes(operations.portal));
  pages.route("/", invoiceRoutes(operations.invoices));
  pages.route("/", dashboardRoutes(operations.dashboard));
  return pages;
}
