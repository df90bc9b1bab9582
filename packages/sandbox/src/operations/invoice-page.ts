import { collectInvoice } from "../billing/collect-invoice.js";
import { enterCard } from "../payments/enter-card.js";
import { createPaymentMethod } from "../payments/payment-method.js";
import type { InvoiceOperations, InvoiceView } from "../world/hosted/invoice.js";
import type { CardEntry, PaymentOutcome } from "../world/hosted/payment.js";
import type { Invoice } from "../world/objects/invoice.js";
import { savedCards } from "../world/saved-cards.js";
import type { World } from "../world/world.js";

/** The hosted invoice's side of `HostedOperations`. */
export function invoiceOperations(world: World): InvoiceOperations {
  return {
    get: (id) => {
      const invoice = world.find("invoice", id);
      return invoice === undefined || invoice.status === "draft" ? null : view(world, invoice);
    },
    pay: (id, payment) => world.transact(() => pay(world, id, payment)),
  };
}

function view(world: World, invoice: Invoice): InvoiceView {
  return {
    id: invoice.id,
    number: invoice.number,
    status: invoice.status,
    currency: invoice.currency,
    customer: { name: invoice.customer_name, email: invoice.customer_email },
    createdAt: invoice.created,
    dueAt: invoice.due_date,
    paidAt: invoice.status_transitions.paid_at,
    lines: invoice.lines.data.map(({ description, quantity, amount, period }) => ({
      description: description ?? "",
      quantity,
      amount,
      period,
    })),
    subtotal: invoice.subtotal,
    discounts: invoice.total_discount_amounts.map(({ discount, amount }) => {
      const { coupon } = world.get("discount", discount).source;
      return { label: world.get("coupon", coupon).name ?? coupon, amount };
    }),
    total: invoice.total,
    appliedBalance: invoice.amount_due - invoice.total,
    amountDue: invoice.amount_due,
    amountRemaining: invoice.amount_remaining,
    savedCards: savedCards(world, invoice.customer),
  };
}

function pay(
  world: World,
  id: string,
  { card, savedCardId }: { card?: CardEntry; savedCardId?: string },
): PaymentOutcome {
  const invoice = world.find("invoice", id);
  if (invoice === undefined || invoice.status === "draft")
    return { type: "gone", message: "There is no such invoice." };
  if (invoice.status === "paid") return { type: "done", redirectUrl: null };
  if (invoice.status === "void")
    return { type: "gone", message: "This invoice is void: there is nothing to pay." };
  const method = methodOf(world, invoice, {
    ...(card ? { card } : {}),
    ...(savedCardId ? { savedCardId } : {}),
  });
  if (typeof method !== "string") return method;
  const result = collectInvoice(world, id, { paymentMethod: method, isOffSession: false });
  if (result.type === "declined") {
    const { message, code, declineCode } = result.decline;
    return { type: "declined", message, code, declineCode };
  }
  if (result.type === "requires_action") return { type: "challenge", challengeId: result.intent.id };
  return { type: "done", redirectUrl: null };
}

function methodOf(
  world: World,
  { customer }: Invoice,
  { card, savedCardId }: { card?: CardEntry; savedCardId?: string },
): string | Extract<PaymentOutcome, { type: "problem" }> {
  if (savedCardId !== undefined) {
    if (world.find("payment_method", savedCardId)?.customer === customer) return savedCardId;
    return { type: "problem", field: "savedCard", message: "This card is no longer there." };
  }
  if (card === undefined) return { type: "problem", field: "cardNumber", message: "Enter your card number." };
  const entered = enterCard(card, world.nowFor(customer));
  return "type" in entered ? entered : createPaymentMethod(world, entered).id;
}
