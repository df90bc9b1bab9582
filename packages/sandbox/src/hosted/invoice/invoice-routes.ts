import { Hono } from "hono";
import type { InvoiceOperations } from "../../world/hosted/invoice.js";
import { explainDecline, explainDeclineCode } from "../card/explain-decline.js";
import { readCardForm } from "../card/read-card-form.js";
import { notFoundPage } from "../page/message-page.js";
import { readForm } from "../page/read-form.js";
import { invoicePage } from "./invoice-page.js";

/** The page behind `hosted_invoice_url`. */
export function invoiceRoutes(invoices: InvoiceOperations): Hono {
  const routes = new Hono();

  routes.get("/i/:invoiceId", (context) => {
    const invoice = invoices.get(context.req.param("invoiceId"));
    if (invoice === null) return context.html(notFoundPage("invoice"), 404);
    const declined = explainDeclineCode(context.req.query("declined"));
    return context.html(invoicePage(invoice, declined === null ? {} : { payment: declined }));
  });

  routes.post("/i/:invoiceId", async (context) => {
    const invoice = invoices.get(context.req.param("invoiceId"));
    if (invoice === null) return context.html(notFoundPage("invoice"), 404);
    const choice = readCardForm(await readForm(context));
    if (choice.type === "faults") return context.html(invoicePage(invoice, choice.faults), 400);
    const { type: _, ...payment } = choice;
    const outcome = await invoices.pay(invoice.id, payment);
    switch (outcome.type) {
      case "done":
        return context.redirect(outcome.redirectUrl ?? `/i/${invoice.id}`, 303);
      case "challenge":
        return context.redirect(`/c/challenge/${outcome.challengeId}`, 303);
      case "declined":
        return context.html(invoicePage(invoice, { payment: explainDecline(outcome) }), 402);
      default:
        return context.html(invoicePage(invoice, { payment: outcome.message }), 400);
    }
  });

  return routes;
}
