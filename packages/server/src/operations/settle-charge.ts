import { PayKitError, type SubscribeResult } from "../contract/index.js";
import { fromInvoice } from "../stripe/invoices.js";
import { getPaymentProblem } from "../stripe/payment-problem.js";
import type { Charged } from "../stripe/subscriptions.js";
import type { App } from "./app.js";
import { toInvoice } from "./list-invoices.js";

export const nothingDue: SubscribeResult = { paymentUrl: null, invoice: null, requiredAction: null };

export interface SettleChargeInput {
  charged: Charged;
  /** Takes back what waits for a payment that will not come. */
  undo: (invoiceId: string) => Promise<void>;
}

/** What a change at Stripe led to, in the words of `subscribe`. Errors: CARD_DECLINED, after undoing. */
export async function settleCharge(app: App, { charged, undo }: SettleChargeInput): Promise<SubscribeResult> {
  const { invoice, isUnpaid } = charged;
  if (invoice === null) return nothingDue;
  const facts = toInvoice(fromInvoice(invoice));
  if (!isUnpaid) return { ...nothingDue, invoice: facts };
  const { client } = await app.gateway();
  const problem = await getPaymentProblem(client, invoice.id);
  if (problem.type === "confirm_payment") {
    return { paymentUrl: null, invoice: facts, requiredAction: problem };
  }
  await undo(invoice.id);
  throw new PayKitError("CARD_DECLINED", problem.message);
}
