import { cancelPaymentIntent } from "../payments/payment-intent.js";
import { invalid } from "../wire/errors.js";
import type { Invoice, UncollectibleReason } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { changeBalance } from "./change-balance.js";
import { subscriptionOf } from "./create-invoice.js";
import { concludeResumption } from "./pause-plan.js";
import { dropPendingUpdate } from "./pending-update.js";
import { statusFromInvoices } from "./settle-subscription.js";
import { trackSubscription } from "./track-subscription.js";

/** Voids an invoice: its payment is called off, and what it took of the balance goes back. */
export function voidInvoice(world: World, id: string): Invoice {
  const invoice = world.get("invoice", id);
  if (invoice.status !== "open" && invoice.status !== "uncollectible") {
    throw invalid(`You can only void open or uncollectible invoices; this one is ${invoice.status}.`, {
      code: "invoice_not_editable",
    });
  }
  const now = world.nowFor(invoice.customer);
  cancelPayments(world, id);
  const taken = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  if (taken !== 0) {
    changeBalance(world, {
      customer: invoice.customer,
      amount: -taken,
      currency: invoice.currency,
      type: "unapplied_from_invoice",
      invoice: id,
    });
  }
  const { status_details: _, ...rest } = invoice;
  const voided = world.put<Invoice>({
    ...rest,
    auto_advance: false,
    next_payment_attempt: null,
    status: "void",
    status_transitions: { ...invoice.status_transitions, voided_at: now },
  });
  world.emit("invoice.voided", voided);
  followSubscription(world, voided);
  return world.get("invoice", id);
}

/** Gives up on an invoice; it can still be paid, but nothing tries to. */
export function markUncollectible(world: World, id: string, reason: UncollectibleReason): Invoice {
  const invoice = world.get("invoice", id);
  if (invoice.status !== "open") {
    throw invalid(`You can only mark open invoices as uncollectible; this one is ${invoice.status}.`, {
      code: "invoice_not_editable",
    });
  }
  const given = world.put<Invoice>({
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status: "uncollectible",
    status_details: { uncollectible: { reason } },
    status_transitions: {
      ...invoice.status_transitions,
      marked_uncollectible_at: world.nowFor(invoice.customer),
    },
  });
  world.emit("invoice.marked_uncollectible", given);
  followSubscription(world, given);
  return world.get("invoice", id);
}

/** Takes a draft away; its pending items wait again. */
export function deleteDraft(world: World, id: string): void {
  const invoice = world.get("invoice", id);
  if (invoice.status !== "draft" || subscriptionOf(invoice) !== null) {
    throw invalid("You can only delete draft invoices that are not of a subscription.", {
      code: "invoice_not_editable",
    });
  }
  for (const item of world.ofInvoice("invoiceitem", id)) world.remove("invoiceitem", item.id);
  world.emit("invoice.deleted", invoice);
  world.remove("invoice", id);
}

function cancelPayments(world: World, invoice: string): void {
  for (const payment of world.ofInvoice("invoice_payment", invoice)) {
    if (payment.status !== "open") continue;
    const intent = world.get("payment_intent", payment.payment.payment_intent);
    if (intent.status !== "succeeded" && intent.status !== "canceled")
      cancelPaymentIntent(world, intent.id, "void_invoice");
    world.change("invoice_payment", payment.id, {
      status: "canceled",
      status_transitions: { ...payment.status_transitions, canceled_at: world.nowFor(intent.customer) },
    });
  }
}

function followSubscription(world: World, invoice: Invoice): void {
  const id = subscriptionOf(invoice);
  if (id === null) return;
  const subscription = world.get("subscription", id);
  if (subscription.hidden.pendingInvoice === invoice.id) dropPendingUpdate(world, id);
  if (subscription.hidden.resumption?.invoice === invoice.id && invoice.status === "void")
    dropResumption(world, id);
  trackSubscription(world, id, () => {
    const current = world.get("subscription", id);
    const isFirst =
      current.status === "incomplete" && current.latest_invoice === invoice.id && invoice.status === "void";
    world.change("subscription", id, {
      status: isFirst ? "incomplete_expired" : statusFromInvoices(world, current),
      ...(isFirst ? { ended_at: world.nowFor(current.customer) } : {}),
    });
  });
}

function dropResumption(world: World, id: string): void {
  const { hidden } = world.get("subscription", id);
  world.change("subscription", id, { hidden: { ...hidden, resumption: null } });
  concludeResumption(world, id, "The invoice of the resumption was voided before it was paid.");
}
