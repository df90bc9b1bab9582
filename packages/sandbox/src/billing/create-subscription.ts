import { boundary, periodAt } from "../engine/cadence.js";
import { type CancelAtWord, clipPeriod, resolveCancelAt } from "../engine/cancel-at.js";
import type { Instant, Period } from "../engine/instant.js";
import { nextAnchor } from "../engine/next-anchor.js";
import { cardError } from "../payments/decline.js";
import { createSetupIntent } from "../payments/setup-intent.js";
import { ApiError, invalid } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type {
  AnchorSettings,
  BillingMode,
  Subscription,
  SubscriptionItem,
} from "../world/objects/subscription.js";
import {
  type CollectionMethod,
  listOf,
  type Metadata,
  NO_SUBSCRIPTION_TAX,
  type PaymentBehavior,
  type ProrationBehavior,
} from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { createItem, type ItemChange, requireFitting, requirePrice } from "./apply-items.js";
import { collectInvoice } from "./collect-invoice.js";
import { createInvoice, pendingItemsFor } from "./create-invoice.js";
import { applyDiscounts, type DiscountRequest, discountsOf } from "./discounts.js";
import { advanceLines, type DraftLine, trialLine } from "./draft-line.js";
import { syncEntitlements } from "./entitlements.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { cadenceOf, periodOf, recurrenceOf } from "./price-terms.js";
import { itemsOf } from "./track-subscription.js";

export type NewSubscription = {
  customer: string;
  items: readonly ItemChange[];
  trialEnd?: Instant | null;
  anchor?: Instant | null;
  anchorSettings?: AnchorSettings | null;
  billingMode?: BillingMode;
  prorationBehavior?: ProrationBehavior;
  paymentBehavior?: PaymentBehavior;
  collectionMethod?: CollectionMethod;
  daysUntilDue?: number | null;
  defaultPaymentMethod?: string | null;
  discounts?: readonly DiscountRequest[];
  checkoutSession?: string;
  cancelAt?: Instant | CancelAtWord | null;
  cancelAtPeriodEnd?: boolean;
  metadata?: Metadata;
  description?: string | null;
  trialSettings?: Partial<Subscription["trial_settings"]["end_behavior"]>;
  paymentSettings?: Partial<Subscription["payment_settings"]>;
  invoiceSettings?: Partial<Subscription["invoice_settings"]>;
  pendingInvoiceItemInterval?: Subscription["pending_invoice_item_interval"];
  /** Makes the one-off items that the first invoice has besides. */
  extraItems?: (subscription: Subscription) => void;
  isOffSession?: boolean;
  /** A payment intent that has paid the first invoice already, as checkout does. */
  paidBy?: string;
  /** The first invoice waits an hour as a draft, as those of schedules do. */
  asDraft?: boolean;
  schedule?: string | null;
};

/**
 * Begins a subscription: its first invoice is made, finalized and paid in the same breath, and its outcome is the
 * subscription's status.
 *
 * @throws ApiError 402 when the payment fails under `error_if_incomplete`; 400 without a payment method to charge
 */
export function createSubscription(world: World, given: NewSubscription): Subscription {
  const { id } = putSubscription(world, given);
  const announce = world.reserve("customer.subscription.created", world.get("subscription", id));
  const invoice = firstInvoice(world, world.get("subscription", id), given);
  if (invoice === null || waitsAsDraft(world.get("subscription", id), given)) start(world, id);
  else if (finalizeInvoice(world, invoice, given).status !== "paid") pay(world, invoice, given);
  const { status } = world.get("subscription", id);
  if (status === "trialing" && methodOf(world, id) === null) requestMethod(world, id);
  announce();
  syncEntitlements(world, given.customer);
  return world.get("subscription", id);
}

function waitsAsDraft({ collection_method }: Subscription, { asDraft }: NewSubscription): boolean {
  return asDraft === true || collection_method === "send_invoice";
}

/** Nothing stands in the way of a subscription whose first invoice is not paid at once. */
function start(world: World, id: string): void {
  if (world.get("subscription", id).status === "incomplete")
    world.change("subscription", id, { status: "active" });
}

function putSubscription(world: World, given: NewSubscription): Subscription {
  const now = world.nowFor(given.customer);
  const [first] = given.items;
  if (first?.price === undefined)
    throw invalid("A subscription must have at least one item with a price.", {
      code: "parameter_missing",
      param: "items",
    });
  const { currency } = requirePrice(world, first.price);
  requireCurrency(world, given.customer, currency);
  const trialEnd =
    given.trialEnd !== undefined && given.trialEnd !== null && given.trialEnd > now ? given.trialEnd : null;
  const id = newId("subscription");
  const draft: Subscription = {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: NO_SUBSCRIPTION_TAX,
    billing_cycle_anchor: now,
    billing_cycle_anchor_config: given.anchorSettings ?? null,
    billing_mode: given.billingMode ?? { flexible: { proration_discounts: "included" }, type: "flexible" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: given.collectionMethod ?? "charge_automatically",
    created: now,
    currency,
    customer: given.customer,
    customer_account: null,
    days_until_due: given.collectionMethod === "send_invoice" ? (given.daysUntilDue ?? 30) : null,
    default_payment_method: given.defaultPaymentMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
      ...given.invoiceSettings,
    },
    items: listOf(`/v1/subscription_items?subscription=${id}`, []),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
      ...given.paymentSettings,
    },
    pending_invoice_item_interval: given.pendingInvoiceItemInterval ?? null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: given.schedule ?? null,
    start_date: now,
    status: trialEnd === null ? "incomplete" : "trialing",
    test_clock: world.timelineOf(given.customer),
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: "now",
        missing_payment_method: "create_invoice",
        ...given.trialSettings,
      },
    },
    trial_start: trialEnd === null ? null : now,
    hidden: {
      trialNoticeFor: null,
      upcomingNoticeFor: null,
      credited: [],
      pendingInvoice: null,
      pendingChange: null,
      anchorDay: given.anchorSettings?.day_of_month ?? null,
      resumeInvoice: null,
      endsBySchedule: false,
    },
  };
  const anchored = world.put<Subscription>({ ...draft, billing_cycle_anchor: anchorOf(world, given, draft) });
  const items = given.items.map((change) =>
    createItem(world, anchored, { change, at: now, period: firstPeriod(world, anchored, change) }),
  );
  const withItems = world.put<Subscription>({
    ...anchored,
    items: { ...anchored.items, data: items.map((item) => item.id) },
    discounts: applyDiscounts(world, given.discounts ?? [], {
      customer: given.customer,
      subscription: id,
      ...(given.checkoutSession === undefined ? {} : { checkoutSession: given.checkoutSession }),
    }),
  });
  requireFitting(world, withItems);
  return setEnd(world, withItems, given);
}

function anchorOf(
  world: World,
  { anchor, anchorSettings, items }: NewSubscription,
  { created, trial_end }: Subscription,
): Instant {
  if (anchor !== undefined && anchor !== null) {
    if (anchor < created)
      throw invalid("billing_cycle_anchor cannot be in the past.", { param: "billing_cycle_anchor" });
    return anchor;
  }
  if (anchorSettings !== undefined && anchorSettings !== null) {
    const price = requirePrice(world, items[0]?.price ?? "");
    return nextAnchor(
      {
        dayOfMonth: anchorSettings.day_of_month,
        month: anchorSettings.month,
        hour: anchorSettings.hour,
        minute: anchorSettings.minute,
        second: anchorSettings.second,
      },
      created,
      recurrenceOf(price),
    );
  }
  return trial_end ?? created;
}

/** A trial is one period; a later anchor cuts the first period short. */
function firstPeriod(world: World, subscription: Subscription, change: ItemChange): Period {
  const { created, trial_end } = subscription;
  if (trial_end !== null) return { start: created, end: trial_end };
  const cadence = cadenceOf(subscription, requirePrice(world, change.price ?? ""));
  if (subscription.billing_cycle_anchor > boundary({ ...cadence, anchor: created }, 1)) {
    throw invalid("billing_cycle_anchor cannot be later than the next natural billing date.", {
      param: "billing_cycle_anchor",
    });
  }
  return { start: created, end: periodAt(cadence, created).end };
}

function setEnd(world: World, subscription: Subscription, given: NewSubscription): Subscription {
  const now = subscription.created;
  const periods = itemsOf(world, subscription).map((item) => ({ period: periodOf(item) }));
  if (given.cancelAtPeriodEnd) {
    return world.change("subscription", subscription.id, {
      cancel_at_period_end: true,
      cancel_at: Math.min(...periods.map(({ period }) => period.end)),
      canceled_at: now,
      cancellation_details: { ...subscription.cancellation_details, reason: "cancellation_requested" },
    });
  }
  if (given.cancelAt === undefined || given.cancelAt === null) return subscription;
  const cancelAt = resolveCancelAt(given.cancelAt, periods);
  if (cancelAt <= now) throw invalid("cancel_at must be in the future.", { param: "cancel_at" });
  for (const item of itemsOf(world, subscription)) {
    const { end } = clipPeriod(periodOf(item), cancelAt);
    world.change("subscription_item", item.id, { current_period_end: end });
  }
  return world.change("subscription", subscription.id, {
    cancel_at: cancelAt,
    canceled_at: now,
    cancellation_details: { ...subscription.cancellation_details, reason: "cancellation_requested" },
  });
}

/** The id of the draft of the first invoice; null when there is nothing to put on one. */
function firstInvoice(world: World, subscription: Subscription, given: NewSubscription): string | null {
  const items = itemsOf(world, subscription);
  const lines = items.flatMap((item) => firstLines(world, subscription, { item, given }));
  given.extraItems?.(subscription);
  const pending = pendingItemsFor(world, subscription.customer, subscription.id);
  const isFree =
    subscription.trial_end === null && given.prorationBehavior === "none" && isPartial(world, subscription);
  if (isFree && pending.length === 0) return null;
  const now = subscription.created;
  return createInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    subscription,
    reason: "subscription_create",
    lines,
    pendingItems: pending,
    discounts: discountsOf(world, subscription),
    period: { start: now, end: now },
    autoAdvance:
      given.asDraft === true ||
      subscription.collection_method === "send_invoice" ||
      given.paymentBehavior !== "default_incomplete",
  }).id;
}

function firstLines(
  world: World,
  subscription: Subscription,
  { item, given }: { item: SubscriptionItem; given: NewSubscription },
): DraftLine[] {
  if (subscription.trial_end !== null) {
    const line = trialLine(world, { subscription, item });
    return line === null ? [] : [line];
  }
  if (given.prorationBehavior === "none" && isPartial(world, subscription)) return [];
  const full = periodAt(cadenceOf(subscription, world.get("price", item.price)), subscription.created);
  return advanceLines(world, { subscription, item, period: periodOf(item), full });
}

function isPartial(world: World, subscription: Subscription): boolean {
  return itemsOf(world, subscription).some((item) => {
    const full = periodAt(cadenceOf(subscription, world.get("price", item.price)), subscription.created);
    return item.current_period_start > full.start;
  });
}

/** With nothing due now, a card is asked for by a setup intent. */
function requestMethod(world: World, id: string): void {
  const { customer } = world.get("subscription", id);
  const intent = createSetupIntent(world, { customer, usage: "off_session", hidden: { subscription: id } });
  world.change("subscription", id, { pending_setup_intent: intent.id });
}

function methodOf(world: World, id: string): string | null {
  const { customer, default_payment_method } = world.get("subscription", id);
  return default_payment_method ?? world.get("customer", customer).invoice_settings.default_payment_method;
}

function pay(world: World, invoice: string, given: NewSubscription): void {
  const behavior = given.paymentBehavior ?? "allow_incomplete";
  if (behavior === "default_incomplete") return;
  const collection = collectInvoice(world, invoice, { isOffSession: given.isOffSession ?? false });
  if (collection.type === "no_method") {
    throw invalid(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method.",
      { code: "resource_missing" },
    );
  }
  if (behavior !== "error_if_incomplete") return;
  if (collection.type === "declined") throw cardError(collection.decline, {}, false);
  if (collection.type === "requires_action") throw actionRequired();
}

/** A 402 that leaves nothing behind. */
export function actionRequired(): ApiError {
  return new ApiError(402, {
    type: "card_error",
    code: "subscription_payment_intent_requires_action",
    message:
      "Payment for this subscription requires additional user action before it can be completed successfully.",
  });
}

/** A customer is billed in one currency. */
function requireCurrency(world: World, customer: string, currency: string): void {
  const others = world
    .ofCustomer("subscription", customer)
    .filter(({ status }) => status !== "canceled" && status !== "incomplete_expired");
  if (others.some((one) => one.currency !== currency)) {
    throw invalid("You cannot combine currencies on a single customer.", { param: "currency" });
  }
}
