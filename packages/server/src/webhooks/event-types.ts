/** What an event means: `customer` is to be read again; the app hears of the two that no reading shows. */
export type EventMeaning = "customer" | "trial.ending" | "payment.failed";

/** The event types that PayKit acts on, and why. Any other is acknowledged and nothing more. */
export const eventTypes: ReadonlyMap<string, EventMeaning> = new Map([
  // A plan began, changed its price, status, period or end, or is over.
  ["customer.subscription.created", "customer"],
  ["customer.subscription.updated", "customer"],
  ["customer.subscription.deleted", "customer"],
  ["customer.subscription.paused", "customer"],
  ["customer.subscription.resumed", "customer"],
  ["customer.subscription.pending_update_applied", "customer"],
  ["customer.subscription.pending_update_expired", "customer"],
  ["customer.subscription.trial_will_end", "trial.ending"],
  // A change was scheduled, or taken back.
  ["subscription_schedule.created", "customer"],
  ["subscription_schedule.updated", "customer"],
  ["subscription_schedule.released", "customer"],
  ["subscription_schedule.canceled", "customer"],
  ["subscription_schedule.aborted", "customer"],
  ["subscription_schedule.completed", "customer"],
  // Money came, did not come, or is not expected any more: the status follows, sometimes without an event of its own.
  ["invoice.paid", "customer"],
  ["invoice.payment_failed", "payment.failed"],
  ["invoice.payment_action_required", "customer"],
  ["invoice.voided", "customer"],
  ["invoice.marked_uncollectible", "customer"],
  // A one-time product was paid for, at once or days later, or the page was left.
  ["checkout.session.completed", "customer"],
  ["checkout.session.async_payment_succeeded", "customer"],
  ["checkout.session.async_payment_failed", "customer"],
  ["checkout.session.expired", "customer"],
  // Money went back.
  ["charge.refunded", "customer"],
  ["charge.dispute.created", "customer"],
  ["charge.dispute.closed", "customer"],
  ["charge.dispute.funds_withdrawn", "customer"],
  ["charge.dispute.funds_reinstated", "customer"],
  // A trial without a card goes on once there is one, and ends when it is taken away; a customer may be deleted in the
  // dashboard.
  ["customer.updated", "customer"],
  ["customer.deleted", "customer"],
  ["payment_method.attached", "customer"],
  ["payment_method.detached", "customer"],
]);
