import type Stripe from "stripe";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { toId } from "./from-stripe.js";
import { toIdempotencyKey } from "./idempotency-key.js";

/** Gives back all that was paid on an invoice. Doing it again does nothing. The amount, in integer minor units. */
export async function refundInvoice(stripe: StripeClient, invoiceId: string): Promise<number> {
  let refunded = 0;
  await callStripe(async () => {
    for await (const { payment, status } of stripe.invoicePayments.list({ invoice: invoiceId, limit: 100 })) {
      const paymentIntentId = toId(payment.payment_intent ?? null);
      if (status === "paid" && paymentIntentId !== null) refunded += await refund(stripe, paymentIntentId);
    }
  });
  return refunded;
}

/** Gives back all that was paid. Doing it again does nothing. The amount, in integer minor units. */
export function refundPayment(stripe: StripeClient, paymentIntentId: string): Promise<number> {
  return callStripe(() => refund(stripe, paymentIntentId));
}

async function refund(stripe: StripeClient, paymentIntentId: string): Promise<number> {
  const params: Stripe.RefundCreateParams = { payment_intent: paymentIntentId, reason: "duplicate" };
  try {
    const { amount } = await createOnce(stripe.refunds, {
      params,
      idempotencyKey: toIdempotencyKey("refund", paymentIntentId),
    });
    return amount;
  } catch (error) {
    if (isRefundedAlready(error)) return 0;
    throw error;
  }
}

function isRefundedAlready(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "charge_already_refunded";
}
