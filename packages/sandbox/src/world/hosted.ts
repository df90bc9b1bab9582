import type { CheckoutOperations } from "./hosted/checkout.js";
import type { DashboardOperations } from "./hosted/dashboard.js";
import type { InvoiceOperations } from "./hosted/invoice.js";
import type { PortalOperations } from "./hosted/portal.js";

/**
 * What the hosted pages (checkout, portal, invoice, dashboard) may know and do. The pages turn requests into these calls
 * and outcomes into HTML; every rule and every change of state lies behind this interface.
 *
 * A page module exports `createHostedPages(operations: HostedOperations): Hono`, which serves
 * `/c/pay/:sessionId`, `/c/challenge/:id`, `/p/session/:id`, `/i/:invoiceId` and the dashboard at `/`.
 *
 * Amounts are integers in minor units of `currency`; instants are seconds since 1970. Every method is synchronous but
 * `replay` and `advance`. Reads return null for an id that does not exist. A `Problem` is for a person to read.
 */
export interface HostedOperations {
  checkout: CheckoutOperations;
  portal: PortalOperations;
  invoices: InvoiceOperations;
  dashboard: DashboardOperations;
}
