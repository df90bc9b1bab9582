import type { CancellationDetails, Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { voidInvoice } from "./close-invoice.js";
import { createInvoice, pendingItemsFor } from "./create-invoice.js";
import { creditItems } from "./create-prorations.js";
import { discountsOf, endDiscount } from "./discounts.js";
import { arrearsLines, type DraftLine } from "./draft-line.js";
import { abandonSchedule } from "./end-schedule.js";
import { syncEntitlements } from "./entitlements.js";
import { invoicesOf } from "./settle-subscription.js";
import { itemsOf } from "./track-subscription.js";

export type Cancellation = {
  reason: CancellationDetails["reason"];
  details?: Partial<Pick<CancellationDetails, "comment" | "feedback">>;
  /** Bills what is open (usage, pending items) on a last invoice. */
  invoiceNow?: boolean;
  /** Gives back what was paid beyond now. */
  prorate?: boolean;
};

/** Ends a subscription now. Open and draft invoices are no longer collected by themselves. */
export function cancelNow(world: World, id: string, cancellation: Cancellation): Subscription {
  const before = world.get("subscription", id);
  const now = world.nowFor(before.customer);
  if (before.status === "incomplete") return expireIncomplete(world, id, "customer.subscription.deleted");
  if (cancellation.prorate && before.status !== "trialing") {
    for (const item of itemsOf(world, before))
      creditItems(world, world.get("subscription", id), { item, at: now });
  }
  stopCollecting(world, before);
  if (cancellation.invoiceNow) finalInvoice(world, id);
  else if (!cancellation.prorate) dropProrations(world, before);
  const { status_details: _, ...current } = world.get("subscription", id);
  const canceled = world.put<Subscription>({
    ...current,
    status: "canceled",
    canceled_at: current.canceled_at ?? now,
    ended_at: now,
    cancel_at:
      cancellation.reason === "cancellation_requested" &&
      current.cancel_at !== null &&
      current.cancel_at <= now
        ? current.cancel_at
        : null,
    pause_collection: null,
    pending_update: null,
    cancellation_details: {
      ...current.cancellation_details,
      ...cancellation.details,
      reason: current.cancellation_details.reason ?? cancellation.reason,
    },
  });
  for (const discount of canceled.discounts) endDiscount(world, discount);
  abandonSchedule(world, id, cancellation.reason === "payment_failed" ? "aborted" : "canceled");
  world.emit("customer.subscription.deleted", canceled);
  syncEntitlements(world, canceled.customer);
  return canceled;
}

/** The last invoice of what is open: usage up to now and pending items. It is a draft for its hour. */
export function finalInvoice(world: World, id: string): void {
  const subscription = world.get("subscription", id);
  const now = world.nowFor(subscription.customer);
  const lines: DraftLine[] = itemsOf(world, subscription).flatMap((item) =>
    arrearsLines(world, {
      subscription,
      item,
      period: { start: item.current_period_start, end: now },
    }).filter(({ quantityDecimal }) => quantityDecimal !== "0"),
  );
  const pendingItems = pendingItemsFor(world, subscription.customer, id);
  if (lines.length === 0 && pendingItems.length === 0) return;
  const [first] = itemsOf(world, subscription);
  createInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    subscription,
    reason: "subscription_update",
    lines,
    pendingItems,
    discounts: discountsOf(world, subscription),
    period: { start: first?.current_period_start ?? now, end: now },
    autoAdvance: true,
  });
}

/** A first invoice that nobody paid: the subscription has never begun. */
export function expireIncomplete(
  world: World,
  id: string,
  type?: "customer.subscription.deleted",
): Subscription {
  const before = world.get("subscription", id);
  const change = () =>
    world.change("subscription", id, {
      status: "incomplete_expired",
      ended_at: world.nowFor(before.customer),
    });
  if (type === undefined) world.track("subscription", id, "customer.subscription.updated", change);
  else world.emit(type, change());
  const invoice = before.latest_invoice === null ? undefined : world.find("invoice", before.latest_invoice);
  if (invoice?.status === "open") voidInvoice(world, invoice.id);
  return world.get("subscription", id);
}

function stopCollecting(world: World, subscription: Subscription): void {
  for (const invoice of invoicesOf(world, subscription)) {
    if (!invoice.auto_advance || (invoice.status !== "open" && invoice.status !== "draft")) continue;
    world.track("invoice", invoice.id, "invoice.updated", () =>
      world.change("invoice", invoice.id, {
        auto_advance: false,
        automatically_finalizes_at: null,
        next_payment_attempt: null,
      }),
    );
  }
}

function dropProrations(world: World, { id, customer }: Subscription): void {
  for (const item of pendingItemsFor(world, customer, id)) {
    if (!item.proration || item.parent?.subscription_details.subscription !== id) continue;
    world.emit("invoiceitem.deleted", item);
    world.remove("invoiceitem", item.id);
  }
}
