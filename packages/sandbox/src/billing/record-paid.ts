import type { PaymentIntent } from "../world/objects/intent.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { subscriptionOf } from "./create-invoice.js";
import { settleSubscription } from "./settle-subscription.js";

/**
 * Marks an invoice as paid, by its payment intent or (null) without a payment, and lets its subscription move on.
 */
export function recordPaid(
  world: World,
  id: string,
  { intent, attempt }: { intent: PaymentIntent | null; attempt?: { count: number } },
): Invoice {
  const now = world.nowFor(world.get("invoice", id).customer);
  world.track("invoice", id, "invoice.updated", () => {
    const invoice = world.get("invoice", id);
    const { status_details: _, ...rest } = invoice;
    world.put<Invoice>({
      ...rest,
      amount_paid: intent === null ? invoice.amount_due : intent.amount_received,
      amount_remaining: 0,
      attempted: true,
      attempt_count: attempt?.count ?? invoice.attempt_count,
      auto_advance: false,
      next_payment_attempt: null,
      status: "paid",
      status_transitions: { ...invoice.status_transitions, paid_at: now },
    });
  });
  const paid = world.get("invoice", id);
  world.emit("invoice.paid", paid);
  world.emit("invoice.payment_succeeded", paid);
  const payment = world.ofInvoice("invoice_payment", id).find(({ status }) => status === "open");
  if (payment && intent !== null) {
    const settled = world.change("invoice_payment", payment.id, {
      amount_paid: intent.amount_received,
      status: "paid",
      status_transitions: { ...payment.status_transitions, paid_at: now },
    });
    world.emit("invoice_payment.paid", settled);
  }
  const subscription = subscriptionOf(paid);
  if (subscription !== null)
    settleSubscription(world, subscription, { paid, method: intent?.payment_method ?? null });
  return world.get("invoice", id);
}
