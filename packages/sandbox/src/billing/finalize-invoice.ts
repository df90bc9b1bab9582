import { settleInvoice } from "../engine/settle-invoice.js";
import { createPaymentIntent } from "../payments/payment-intent.js";
import { invalid } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type { PaymentIntent } from "../world/objects/intent.js";
import type { Invoice, InvoicePayment } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { changeBalance } from "./change-balance.js";
import { customerCopy, subscriptionOf } from "./create-invoice.js";
import { spendDiscounts } from "./discounts.js";
import { recordPaid } from "./record-paid.js";

/**
 * Opens a draft: it gets its number, takes the customer's balance, and what is still due gets a payment intent. What
 * needs no payment is paid at once.
 */
export function finalizeInvoice(world: World, id: string, { paidBy }: { paidBy?: string } = {}): Invoice {
  const draft = world.get("invoice", id);
  if (draft.status !== "draft")
    throw invalid(`This invoice is already finalized: its status is ${draft.status}.`, {
      code: "invoice_not_editable",
    });
  const now = world.nowFor(draft.customer);
  const customer = world.get("customer", draft.customer);
  const { amountDue, startingBalance, endingBalance, outcome } = settleInvoice({
    total: draft.total,
    balance: customer.balance,
    currency: draft.currency,
  });
  const open = world.change("invoice", id, {
    ...customerCopy(world, draft.customer),
    amount_due: amountDue,
    amount_remaining: amountDue,
    automatically_finalizes_at: null,
    effective_at: draft.effective_at ?? now,
    ending_balance: endingBalance,
    hosted_invoice_url: `${world.url}/i/${id}`,
    invoice_pdf: `${world.url}/i/${id}/pdf`,
    next_payment_attempt:
      draft.auto_advance && draft.collection_method === "charge_automatically" && amountDue > 0 ? now : null,
    number: draft.number ?? numberOf(world, customer.invoice_prefix, draft.customer),
    starting_balance: startingBalance,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: now },
    webhooks_delivered_at: now,
  });
  if (endingBalance !== startingBalance) {
    changeBalance(world, {
      customer: draft.customer,
      amount: endingBalance - startingBalance,
      currency: draft.currency,
      type: outcome === "too_small" ? "invoice_too_small" : "applied_to_invoice",
      invoice: id,
    });
  } else if (customer.currency === null) {
    world.track("customer", customer.id, "customer.updated", () =>
      world.change("customer", customer.id, { currency: draft.currency }),
    );
  }
  world.emit("invoice.finalized", open);
  spendDiscounts(world, open);
  if (outcome !== "charge") return recordPaid(world, id, { intent: null });
  if (paidBy !== undefined) return takePayment(world, open, paidBy);
  putPayment(world, open, requestPayment(world, open).id);
  return world.get("invoice", id);
}

/** Paid before it was there: the intent that paid becomes this invoice's. */
function takePayment(world: World, invoice: Invoice, paidBy: string): Invoice {
  const { hidden } = world.get("payment_intent", paidBy);
  const intent = world.change("payment_intent", paidBy, { hidden: { ...hidden, invoice: invoice.id } });
  putPayment(world, invoice, intent.id);
  return recordPaid(world, invoice.id, { intent, attempt: { count: 1 } });
}

function requestPayment(world: World, invoice: Invoice): PaymentIntent {
  return createPaymentIntent(world, {
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: invoice.customer,
    capture_method: "automatic",
    description:
      subscriptionOf(invoice) === null ? `Payment for Invoice ${invoice.number}` : describe(invoice),
    receipt_email: null,
    setup_future_usage: subscriptionOf(invoice) === null ? null : "off_session",
    hidden: { invoice: invoice.id },
  });
}

function putPayment(world: World, invoice: Invoice, intent: string): void {
  world.put<InvoicePayment>({
    id: newId("invoice_payment"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: world.nowFor(invoice.customer),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

function describe(invoice: Invoice): string {
  return invoice.billing_reason === "subscription_create" ? "Subscription creation" : "Subscription update";
}

function numberOf(world: World, prefix: string, customer: string): string {
  return `${prefix}-${String(world.count(`invoices of ${customer}`)).padStart(4, "0")}`;
}
