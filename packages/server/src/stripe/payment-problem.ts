import type Stripe from "stripe";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";

/** Why an invoice is still open. */
export type PaymentProblem =
  /** The bank wants the person to confirm; `url` is the page where that is done. */
  { type: "confirm_payment"; url: string } | { type: "declined"; message: string };

export async function getPaymentProblem(stripe: StripeClient, invoiceId: string): Promise<PaymentProblem> {
  const invoice = await callStripe(() =>
    stripe.invoices.retrieve(invoiceId, { expand: ["payments.data.payment.payment_intent"] }),
  );
  const intent = findIntent(invoice);
  const url = invoice.hosted_invoice_url ?? null;
  if (intent?.status === "requires_action" && url !== null) return { type: "confirm_payment", url };
  return { type: "declined", message: intent?.last_payment_error?.message ?? "The payment was declined." };
}

function findIntent({ payments }: Stripe.Invoice): Stripe.PaymentIntent | null {
  const intents = (payments?.data ?? []).map(({ payment }) => payment.payment_intent);
  return intents.find((intent) => typeof intent === "object") ?? null;
}

/** Gives up on an open invoice: nobody can pay it any more, and a change that waited for it is dropped. */
export async function voidInvoice(stripe: StripeClient, invoiceId: string): Promise<void> {
  const { status } = await callStripe(() => stripe.invoices.retrieve(invoiceId));
  if (status === "open" || status === "uncollectible") {
    await callStripe(() => stripe.invoices.voidInvoice(invoiceId));
  }
}

/** The page of the oldest invoice of a subscription that is still to be paid; null when all are paid. */
export async function findPayUrl(stripe: StripeClient, subscriptionId: string): Promise<string | null> {
  const { data } = await callStripe(() =>
    stripe.invoices.list({ subscription: subscriptionId, status: "open", limit: 100 }),
  );
  return data.at(-1)?.hosted_invoice_url ?? null;
}
