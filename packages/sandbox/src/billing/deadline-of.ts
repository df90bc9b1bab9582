import type { Instant } from "../engine/instant.js";
import { settleRefund } from "../payments/refund.js";
import type { StoredObject } from "../world/objects/index.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { Deadline, World } from "../world/world.js";
import { collectInvoice } from "./collect-invoice.js";
import { subscriptionOf } from "./create-invoice.js";
import { detachDiscount } from "./discounts.js";
import { expireSession } from "./expire-session.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { runScheduleDue, scheduleDueAt } from "./schedule-due.js";
import { statusFromInvoices } from "./settle-subscription.js";
import { runSubscriptionDue, subscriptionDueAt } from "./subscription-due.js";
import { trackSubscription } from "./track-subscription.js";

/** At one instant, a lower rank goes first: a phase begins before its renewal is billed, a discount ends before it. */
const RANKS = {
  subscription_schedule: 0,
  discount: 1,
  "checkout.session": 2,
  refund: 3,
  invoice: 4,
  subscription: 5,
} as const;

type Living = keyof typeof RANKS;

/** When an object next asks for attention by itself. */
export function deadlineOf(object: StoredObject, world: World): Deadline {
  const at = dueAt(object, world);
  return at === null ? null : { at, rank: RANKS[object.object as Living] };
}

function dueAt(object: StoredObject, world: World): Instant | null {
  switch (object.object) {
    case "subscription":
      return subscriptionDueAt(world, object);
    case "subscription_schedule":
      return scheduleDueAt(object);
    case "invoice":
      return invoiceDueAt(object);
    case "discount":
      return object.hidden.hasEnded ? null : object.end;
    case "checkout.session":
      return object.status === "open" ? object.expires_at : null;
    case "refund":
      return object.hidden.settlesAt;
    default:
      return null;
  }
}

/** Does what an object is due for. */
export function runDue(world: World, object: StoredObject): void {
  switch (object.object) {
    case "subscription":
      runSubscriptionDue(world, object.id);
      return;
    case "subscription_schedule":
      runScheduleDue(world, object.id);
      return;
    case "invoice":
      runInvoiceDue(world, object);
      return;
    case "discount":
      detachDiscount(world, object.id);
      return;
    case "checkout.session":
      expireSession(world, object.id);
      return;
    case "refund":
      settleRefund(world, object.id);
      return;
    default:
      throw new Error(`a ${object.object} is never due`);
  }
}

function invoiceDueAt(invoice: Invoice): Instant | null {
  if (invoice.status === "draft") return invoice.automatically_finalizes_at;
  if (invoice.status !== "open") return null;
  if (invoice.collection_method === "send_invoice") return invoice.hidden.isOverdue ? null : invoice.due_date;
  return invoice.auto_advance ? invoice.next_payment_attempt : null;
}

function runInvoiceDue(world: World, invoice: Invoice): void {
  if (invoice.status === "draft") {
    // What it asks for is due at once, and comes back as such.
    finalizeInvoice(world, invoice.id);
    return;
  }
  if (invoice.collection_method === "send_invoice") markOverdue(world, invoice);
  else collectInvoice(world, invoice.id, { isAutomatic: true, isOffSession: true });
}

function markOverdue(world: World, { id, hidden }: Invoice): void {
  const overdue = world.change("invoice", id, { hidden: { ...hidden, isOverdue: true } });
  world.emit("invoice.overdue", overdue);
  const subscription = subscriptionOf(overdue);
  if (subscription === null) return;
  trackSubscription(world, subscription, () =>
    world.change("subscription", subscription, {
      status: statusFromInvoices(world, world.get("subscription", subscription)),
    }),
  );
}
