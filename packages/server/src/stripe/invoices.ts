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
  cursor: string | null;
}

/** A page of a customer's invoices, newest first, without drafts. */
export async function listInvoices(
  stripe: StripeClient,
  { stripeCustomerId, limit, cursor }: ListInvoicesInput,
): Promise<{ invoices: InvoiceFacts[]; cursor: string | null }> {
  const page = await callStripe(() =>
    stripe.invoices.list({
      customer: stripeCustomerId,
      limit,
      ...(cursor === null ? {} : { starting_after: cursor }),
    }),
  );
  const last = page.data.at(-1);
  return {
    invoices: page.data.filter(({ status }) => status !== "draft").map(fromInvoice),
    cursor: page.has_more && last !== undefined ? last.id : null,
  };
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
