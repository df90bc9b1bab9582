import type { DunningEnd } from "./dunning.js";
import type { Instant } from "./instant.js";

/** What of an invoice decides the status of its subscription. */
export type StatusInvoice = {
  status: "draft" | "open" | "paid" | "uncollectible" | "void";
  collection: "charge_automatically" | "send_invoice";
  attempts: number;
  /** Whether the last retry has failed. */
  isExhausted: boolean;
  dueAt: Instant | null;
};

export type RunningStatus = "active" | "past_due" | "unpaid" | "canceled" | "paused";

const AFTER_LAST_ATTEMPT: Readonly<Record<DunningEnd, RunningStatus>> = {
  cancel: "canceled",
  unpaid: "unpaid",
  past_due: "past_due",
  pause: "paused",
};

/**
 * The status of a subscription that has been active, from its invoices, newest first: the first one that says something
 * decides. A paid or given-up invoice says active, so older debts do not count; a void or a draft one says nothing.
 *
 * Source: Stripe, "How subscriptions work" (subscription statuses).
 */
export function statusOf(invoices: readonly StatusInvoice[], end: DunningEnd, now: Instant): RunningStatus {
  for (const invoice of invoices) {
    const status = statusFromInvoice(invoice, end, now);
    if (status !== null) return status;
  }
  return "active";
}

function statusFromInvoice(invoice: StatusInvoice, end: DunningEnd, now: Instant): RunningStatus | null {
  if (invoice.status === "paid" || invoice.status === "uncollectible") return "active";
  if (invoice.status !== "open") return null;
  if (invoice.collection === "send_invoice") {
    return invoice.dueAt !== null && invoice.dueAt <= now ? "past_due" : null;
  }
  if (invoice.isExhausted) return AFTER_LAST_ATTEMPT[end];
  return invoice.attempts > 0 ? "past_due" : null;
}
