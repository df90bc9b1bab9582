import { boundary, periodAt } from "../engine/cadence.js";
import { clipPeriod, resolveCancelAt } from "../engine/cancel-at.js";
import type { Instant, Period } from "../engine/instant.js";
import { nextAnchor } from "../engine/next-anchor.js";
import { invalid } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type { Subscription } from "../world/objects/subscription.js";
import { listOf, NO_SUBSCRIPTION_TAX } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { createItem, type ItemChange, requireFitting, requirePrice } from "./apply-items.js";
import type { NewSubscription } from "./create-subscription.js";
import { applyDiscounts } from "./discounts.js";
import { cadenceOf, periodOf, recurrenceOf } from "./price-terms.js";
import { itemsOf } from "./track-subscription.js";

/** The subscription and its items as the request wants them, before anything is billed. */
export function putSubscription(world: World, given: NewSubscription): Subscription {
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
      resumption: null,
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

/** A customer is billed in one currency. */
function requireCurrency(world: World, customer: string, currency: string): void {
  const others = world
    .ofCustomer("subscription", customer)
    .filter(({ status }) => status !== "canceled" && status !== "incomplete_expired");
  if (others.some((one) => one.currency !== currency)) {
    throw invalid("You cannot combine currencies on a single customer.", { param: "currency" });
  }
}
