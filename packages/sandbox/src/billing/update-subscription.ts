import type { CancelAtWord } from "../engine/cancel-at.js";
import { pendingUpdateExpiresAt } from "../engine/deadlines.js";
import { DAY, type Instant } from "../engine/instant.js";
import { invalid } from "../wire/errors.js";
import type { Subscription } from "../world/objects/subscription.js";
import type {
  CollectionMethod,
  Metadata,
  PaymentBehavior,
  ProrationBehavior,
} from "../world/objects/values.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { applyItems, type ItemChange, type ItemPair, sameInterval } from "./apply-items.js";
import { billUpdate, updateInvoice } from "./bill-update.js";
import { applyEnd } from "./change-end.js";
import { voidInvoice } from "./close-invoice.js";
import { collectInvoice } from "./collect-invoice.js";
import { pendingItemsFor } from "./create-invoice.js";
import { createProrations } from "./create-prorations.js";
import { applyDiscounts, type DiscountRequest, endDiscount } from "./discounts.js";
import type { PendingChange } from "./pending-update.js";
import { announceTrialEnd } from "./subscription-due.js";
import { itemsOf, trackSubscription } from "./track-subscription.js";

/** What a request changes of a subscription; what is left out stays. Null unsets. */
export type SubscriptionUpdate = {
  items?: readonly ItemChange[];
  anchor?: "now" | "unchanged";
  prorationBehavior?: ProrationBehavior;
  prorationDate?: Instant;
  paymentBehavior?: PaymentBehavior;
  trialEnd?: Instant | "now";
  cancelAtPeriodEnd?: boolean;
  cancelAt?: Instant | CancelAtWord | null;
  cancellationDetails?: Partial<Pick<Subscription["cancellation_details"], "comment" | "feedback">>;
  collectionMethod?: CollectionMethod;
  daysUntilDue?: number;
  defaultPaymentMethod?: string | null;
  description?: string | null;
  discounts?: readonly DiscountRequest[] | null;
  metadata?: Metadata;
  pauseCollection?: Subscription["pause_collection"];
  paymentSettings?: Partial<Subscription["payment_settings"]>;
  invoiceSettings?: Partial<Subscription["invoice_settings"]>;
  trialSettings?: Partial<Subscription["trial_settings"]["end_behavior"]>;
  pendingInvoiceItemInterval?: Subscription["pending_invoice_item_interval"];
  /** One-off lines, billed with the invoice of the update or the next one. */
  extraItems?: (subscription: Subscription) => void;
  isOffSession?: boolean;
};

/**
 * Changes a subscription. Changes of items, anchor and trial cost something: pending items for the next invoice, or (with
 * `always_invoice`) an invoice now, paid as the payment behavior says.
 *
 * @throws ApiError 402 when the payment fails under `error_if_incomplete`, and then nothing has changed
 */
export function updateSubscription(world: World, id: string, update: SubscriptionUpdate): Subscription {
  const before = world.get("subscription", id);
  requireEditable(before, update);
  if (update.paymentBehavior === "pending_if_incomplete" && isCostly(update))
    return updateOncePaid(world, id, update);
  const { needsInvoice, prorationDate } = trackSubscription(world, id, () => {
    applyFields(world, id, update);
    return applyCostly(world, id, update);
  });
  if (needsInvoice) billUpdate(world, id, { update, prorationDate });
  announceNearTrialEnd(world, before, id);
  return world.get("subscription", id);
}

function isCostly({ items, anchor, trialEnd, extraItems }: SubscriptionUpdate): boolean {
  return items !== undefined || anchor === "now" || trialEnd !== undefined || extraItems !== undefined;
}

/** The parts that cost nothing. */
function applyFields(world: World, id: string, update: SubscriptionUpdate): void {
  const before = world.get("subscription", id);
  const collectionMethod = update.collectionMethod ?? before.collection_method;
  world.change("subscription", id, {
    collection_method: collectionMethod,
    days_until_due:
      collectionMethod === "send_invoice" ? (update.daysUntilDue ?? before.days_until_due ?? 30) : null,
    default_payment_method: given(update.defaultPaymentMethod, before.default_payment_method),
    description: given(update.description, before.description),
    invoice_settings: { ...before.invoice_settings, ...update.invoiceSettings },
    metadata: update.metadata ?? before.metadata,
    pause_collection: given(update.pauseCollection, before.pause_collection),
    payment_settings: { ...before.payment_settings, ...update.paymentSettings },
    pending_invoice_item_interval: given(
      update.pendingInvoiceItemInterval,
      before.pending_invoice_item_interval,
    ),
    trial_settings: { end_behavior: { ...before.trial_settings.end_behavior, ...update.trialSettings } },
    cancellation_details: { ...before.cancellation_details, ...update.cancellationDetails },
    discounts: replaceDiscounts(world, before, update.discounts),
  });
  applyEnd(world, id, update);
}

/** Items, anchor and trial, and what they cost. */
function applyCostly(
  world: World,
  id: string,
  update: SubscriptionUpdate,
): { needsInvoice: boolean; prorationDate: Instant | null } {
  if (!isCostly(update)) return { needsInvoice: false, prorationDate: null };
  const before = world.get("subscription", id);
  const now = world.nowFor(before.customer);
  const at = update.prorationDate ?? now;
  const endsTrial = before.status === "trialing" && update.trialEnd === "now";
  if (update.trialEnd !== undefined) applyTrialEnd(world, id, { trialEnd: update.trialEnd, now });
  const anchor = update.anchor === "now" || endsTrial ? now : trialAnchor(update.trialEnd);
  const resets = anchor ?? classicAnchor(world, before, { update, now });
  const pairs = applyItems(world, id, { changes: update.items ?? [], at: now, anchor: resets });
  const behavior = update.prorationBehavior ?? "create_prorations";
  const prorations =
    behavior === "none" && !endsTrial
      ? []
      : createProrations(world, id, { pairs: endsTrial ? allItems(world, id) : pairs, at });
  update.extraItems?.(world.get("subscription", id));
  const changesInterval = pairs.some((pair) => isIntervalChange(world, pair));
  const billsInterval = changesInterval && behavior !== "none" && world.settings.intervalChange === "invoice";
  const needsInvoice = behavior === "always_invoice" || endsTrial || billsInterval;
  return {
    needsInvoice: needsInvoice && hasPending(world, id),
    prorationDate: prorations.length > 0 ? at : null,
  };
}

/**
 * The change takes effect only once its invoice is paid. It is done, billed and tried; when the payment fails it is taken
 * back, and the same invoice is made to wait for its payment.
 *
 * Source: Stripe, "Pending updates".
 */
function updateOncePaid(world: World, id: string, update: SubscriptionUpdate): Subscription {
  const isPaid = world.rehearse(() => {
    const last = world.get("subscription", id).latest_invoice;
    updateSubscription(world, id, { ...update, paymentBehavior: "allow_incomplete" });
    const { latest_invoice } = world.get("subscription", id);
    return (
      latest_invoice === last ||
      latest_invoice === null ||
      world.get("invoice", latest_invoice).status !== "open"
    );
  });
  if (isPaid) return updateSubscription(world, id, { ...update, paymentBehavior: "allow_incomplete" });
  replacePending(world, id);
  const before = world.get("subscription", id);
  const now = world.nowFor(before.customer);
  const at = update.prorationDate ?? now;
  const anchor = update.anchor === "now" ? now : null;
  const change: PendingChange = { changes: update.items ?? [], anchor };
  const { pairs, shown } = world.rehearse(() => {
    const changed = applyItems(world, id, { changes: change.changes, at: now, anchor });
    const items = itemsOf(world, world.get("subscription", id));
    return { pairs: changed, shown: items.map((item) => renderStored(world, item)) };
  });
  createProrations(world, id, { pairs, at });
  const invoice = updateInvoice(world, id, at);
  trackSubscription(world, id, () => {
    const current = world.get("subscription", id);
    const ends = itemsOf(world, current).map((item) => item.current_period_end);
    world.change("subscription", id, {
      pending_update: {
        billing_cycle_anchor: anchor,
        cancel_at_period_end: null,
        discount: null,
        discounts: null,
        expires_at: pendingUpdateExpiresAt({
          requestedAt: now,
          trialEnd: current.trial_end,
          periodEnds: ends,
        }),
        metadata: null,
        subscription_items: shown,
        trial_end: null,
        trial_from_plan: null,
      },
      hidden: { ...current.hidden, pendingInvoice: invoice.id, pendingChange: change },
    });
  });
  collectInvoice(world, invoice.id, { isOffSession: update.isOffSession ?? false });
  return world.get("subscription", id);
}

/** A new pending update takes the place of the one before. */
function replacePending(world: World, id: string): void {
  const { pendingInvoice } = world.get("subscription", id).hidden;
  if (pendingInvoice !== null) voidInvoice(world, pendingInvoice);
}

function applyTrialEnd(
  world: World,
  id: string,
  { trialEnd, now }: { trialEnd: Instant | "now"; now: Instant },
): void {
  const before = world.get("subscription", id);
  if (trialEnd === "now") {
    if (before.status !== "trialing") return;
    world.change("subscription", id, {
      status: "active",
      trial_end: now,
      hidden: { ...before.hidden, trialNoticeFor: null },
    });
    return;
  }
  if (trialEnd <= now)
    throw invalid("Invalid timestamp: trial_end must be in the future.", { param: "trial_end" });
  if (trialEnd > now + 730 * DAY) throw invalid("A trial lasts at most 730 days.", { param: "trial_end" });
  world.change("subscription", id, {
    status: "trialing",
    trial_end: trialEnd,
    trial_start: before.status === "trialing" ? before.trial_start : now,
  });
}

/** A trial moves the anchor to its end. */
function trialAnchor(trialEnd: Instant | "now" | undefined): Instant | null {
  return typeof trialEnd === "number" ? trialEnd : null;
}

/** Under classic billing another interval begins a new cycle; under flexible billing the anchor never moves by itself. */
function classicAnchor(
  world: World,
  subscription: Subscription,
  { update, now }: { update: SubscriptionUpdate; now: Instant },
): Instant | null {
  if (subscription.billing_mode.type === "flexible") return null;
  const changes = (update.items ?? []).some(({ id, price }) => {
    const item = id === undefined ? undefined : world.find("subscription_item", id);
    const next = price === undefined ? undefined : world.find("price", price);
    return item && next?.recurring && !sameInterval(world.get("price", item.price), next);
  });
  return changes ? now : null;
}

function isIntervalChange(world: World, { before, after }: ItemPair): boolean {
  if (before === null || after === null) return false;
  return !sameInterval(world.get("price", before.price), world.get("price", after.price));
}

/** When a trial ends at once, every item is billed from now on. */
function allItems(world: World, id: string): ItemPair[] {
  return itemsOf(world, world.get("subscription", id)).map((after) => ({
    before: null,
    after,
    clearUsage: true,
  }));
}

function hasPending(world: World, id: string): boolean {
  const { customer } = world.get("subscription", id);
  return pendingItemsFor(world, customer, id).length > 0;
}

/** A list replaces, an empty one changes nothing, null clears. */
function replaceDiscounts(
  world: World,
  before: Subscription,
  discounts: readonly DiscountRequest[] | null | undefined,
): readonly string[] {
  if (discounts === undefined || discounts?.length === 0) return before.discounts;
  const next =
    discounts === null
      ? []
      : applyDiscounts(world, discounts, { customer: before.customer, subscription: before.id });
  for (const gone of before.discounts.filter((one) => !next.includes(one))) endDiscount(world, gone);
  return next;
}

function announceNearTrialEnd(world: World, before: Subscription, id: string): void {
  const after = world.get("subscription", id);
  const endedEarly = before.status === "trialing" && after.status !== "trialing";
  if (endedEarly && before.hidden.trialNoticeFor !== before.trial_end) announceTrialEnd(world, id);
}

/** Before its first payment and after its end, little of a subscription can be changed. */
function requireEditable({ status }: Subscription, update: SubscriptionUpdate): void {
  const touched = Object.keys(update).filter((key) => update[key as keyof SubscriptionUpdate] !== undefined);
  if (status === "canceled" || status === "incomplete_expired") {
    const allowed = ["metadata", "cancellationDetails", "prorationBehavior", "paymentBehavior"];
    if (touched.every((key) => allowed.includes(key))) return;
    throw invalid("A canceled subscription can only update its cancellation_details and metadata.", {
      code: "invalid_canceled_subscription_fields",
    });
  }
  if (status === "incomplete" && isCostly(update)) {
    throw invalid("An incomplete subscription can't be changed until its first invoice is paid.");
  }
}

function given<T>(value: T | undefined, before: T): T {
  return value === undefined ? before : value;
}
