import type { Hono } from "hono";
import { toPublicProducts } from "../catalog/index.js";
import { type ProductsAnswer, routes } from "../contract/index.js";
import { completeCheckout } from "../operations/complete-checkout.js";
import { completePortal } from "../operations/complete-portal.js";
import { showCustomer } from "../operations/get-snapshot.js";
import { listInvoices } from "../operations/list-invoices.js";
import { portalReturnPath } from "../operations/portal-visit.js";
import type { Env } from "./answer.js";
import type { HandlerOptions } from "./create-handler.js";
import { requireIdentity } from "./identity.js";
import { customerQuery, invoicesQuery, parseInput, portalReturnQuery, returnQuery } from "./input.js";

/**
 * The routes of `GET`. None of them waits for Stripe or writes, but for the way back from there, which brings in what was
 * bought.
 */
export function addReads(router: Hono<Env>, { app, identify }: HandlerOptions): void {
  router.get(routes.products, (c) => {
    c.header("cache-control", "public, max-age=60");
    return c.json<ProductsAnswer>({ products: toPublicProducts(app.catalog) });
  });
  router.get(routes.customer, async (c) => {
    const { customerId: claimedId = null } = parseInput(customerQuery, c.req.query());
    const { customerId } = await requireIdentity({ identify, request: c.req.raw, claimedId });
    return c.json(await showCustomer(app, { customerId }));
  });
  router.get(routes.invoices, async (c) => {
    const { customerId: claimedId = null, limit, cursor } = parseInput(invoicesQuery, c.req.query());
    const { customerId } = await requireIdentity({ identify, request: c.req.raw, claimedId });
    return c.json(await listInvoices(app, { customerId, limit, cursor }));
  });
  router.get(routes.checkoutReturn, async (c) => {
    const { session_id } = parseInput(returnQuery, c.req.query());
    const { redirectUrl } = await completeCheckout(app, session_id);
    return c.redirect(redirectUrl, 303);
  });
  router.get(portalReturnPath, async (c) => {
    const { visit } = parseInput(portalReturnQuery, c.req.query());
    const { redirectUrl } = await completePortal(app, visit);
    return c.redirect(redirectUrl, 303);
  });
}
