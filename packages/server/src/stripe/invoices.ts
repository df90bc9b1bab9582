import type Stripe from "stripe";
import { callStripe, callStripeOrNull } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { toDate } from "./from-stripe.js";

export interface InvoiceFacts {
  id: string;
  /** Null while it is a draft. */
  number: string | null;
  createdAt: Date;
  status: "draft" | "open" | "paid" | "uncollectible" | "void";
  /** Integer minor units. */
  total: number;
  amountDue: number;
  currency: string;
  attemptCount: number;
  nextAttemptAt: Date | null;
  /** Stripe's page for it, where it can be paid or downloaded. */
  hostedUrl: string | null;
  pdfUrl: string | null;
}

export async function getInvoiceFacts(stripe: StripeClient, invoiceId: string): Promise<InvoiceFacts | null> {
  const invoice = await callStripeOrNull(() => stripe.invoices.retrieve(invoiceId));
  return invoice === null ? null : fromInvoice(invoice);
}

export interface ListInvoicesInput {
  stripeCustomerId: string;
  limit: number;
  /** The number of the invoice after which to go on. */
  cursor: string | null;
}

/**
 * A page of a customer's invoices, newest first, without drafts. The cursor is a number that the customer has seen: Stripe
 * would go on after an id, which a browser must not learn. So the list is read from the top, 100 invoices at a time.
 */
export async function listInvoices(
  stripe: StripeClient,
  { stripeCustomerId, limit, cursor }: ListInvoicesInput,
): Promise<{ invoices: InvoiceFacts[]; cursor: string | null }> {
  const found: InvoiceFacts[] = [];
  await callStripe(async () => {
    let isReached = cursor === null;
    for await (const invoice of stripe.invoices.list({ customer: stripeCustomerId, limit: 100 })) {
      if (isReached && invoice.status !== "draft") found.push(fromInvoice(invoice));
      isReached ||= invoice.number === cursor;
      if (found.length > limit) break;
    }
  });
  const invoices = found.slice(0, limit);
  return { invoices, cursor: found.length > limit ? (invoices.at(-1)?.number ?? null) : null };
}

export function fromInvoice(invoice: Stripe.Invoice): InvoiceFacts {
  return {
    id: invoice.id,
    number: invoice.number,
    createdAt: toDate(invoice.created),
    status: (invoice.status ?? "draft") as InvoiceFacts["status"],
    total: invoice.total,
    amountDue: invoice.amount_due,
    currency: invoice.currency,
    attemptCount: invoice.attempt_count,
    nextAttemptAt: toDate(invoice.next_payment_attempt),
    hostedUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
  };
}
