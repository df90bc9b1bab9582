import { priceAmount } from "../engine/price-lines.js";
import { scheduledCancelAt } from "../engine/schedule-phases.js";
import type { Phase } from "../world/objects/schedule.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { createSubscription } from "./create-subscription.js";
import type { DiscountRequest } from "./discounts.js";
import { createInvoiceItem } from "./invoice-item.js";
import { toPricing, toTerms } from "./price-terms.js";
import { toItemChanges } from "./schedule-phase-items.js";
import { periodsOf } from "./schedule-plan.js";
import { itemsOf } from "./track-subscription.js";
import { updateSubscription } from "./update-subscription.js";

/** Brings the subscription into a phase; the first phase makes it. */
export function enterPhase(
  world: World,
  id: string,
  index: number,
  prorationBehavior?: ProrationBehavior,
): void {
  const schedule = world.get("subscription_schedule", id);
  const phase = schedule.phases[index];
  if (phase === undefined) throw new Error(`${id} has no phase ${index}`);
  world.track("subscription_schedule", id, "subscription_schedule.updated", () =>
    world.change("subscription_schedule", id, {
      status: "active",
      current_phase: { end_date: phase.end_date, start_date: phase.start_date },
    }),
  );
  if (schedule.subscription === null) begin(world, id, phase);
  else
    change(world, schedule.subscription, {
      phase,
      prorationBehavior: isPaused(world, schedule.subscription)
        ? "none"
        : (prorationBehavior ?? phase.proration_behavior),
    });
  setEnd(world, id);
}

/** Of time that is not paid for, nothing is given back or billed. */
function isPaused(world: World, subscription: string): boolean {
  return world.get("subscription", subscription).status === "paused";
}

function begin(world: World, id: string, phase: Phase): void {
  const schedule = world.get("subscription_schedule", id);
  const { default_settings: defaults } = schedule;
  const subscription = createSubscription(world, {
    customer: schedule.customer,
    items: toItemChanges([], phase),
    trialEnd: phase.trial_end,
    billingMode: schedule.billing_mode,
    collectionMethod: phase.collection_method ?? defaults.collection_method,
    daysUntilDue: defaults.invoice_settings.days_until_due,
    defaultPaymentMethod: phase.default_payment_method ?? defaults.default_payment_method,
    description: phase.description ?? defaults.description,
    discounts: requestsOf(phase),
    metadata: phase.metadata,
    asDraft: true,
    schedule: id,
    extraItems: (made) => addItems(world, made, phase),
  });
  world.track("subscription_schedule", id, "subscription_schedule.updated", () =>
    world.change("subscription_schedule", id, { subscription: subscription.id }),
  );
}

function change(
  world: World,
  id: string,
  { phase, prorationBehavior }: { phase: Phase; prorationBehavior: ProrationBehavior },
): void {
  const subscription = world.get("subscription", id);
  updateSubscription(world, id, {
    items: toItemChanges(itemsOf(world, subscription), phase),
    prorationBehavior,
    isOffSession: true,
    metadata: merged(subscription.metadata, phase.metadata),
    ...(phase.billing_cycle_anchor === "phase_start" ? { anchor: "now" as const } : {}),
    ...(phase.trial_end !== null && phase.trial_end > world.nowFor(subscription.customer)
      ? { trialEnd: phase.trial_end }
      : {}),
    ...(phase.discounts.length > 0 ? { discounts: requestsOf(phase) } : {}),
    ...(phase.collection_method === null ? {} : { collectionMethod: phase.collection_method }),
    ...(phase.default_payment_method === null ? {} : { defaultPaymentMethod: phase.default_payment_method }),
    ...(phase.description === null ? {} : { description: phase.description }),
    ...(phase.add_invoice_items.length === 0
      ? {}
      : { extraItems: (made: Subscription) => addItems(world, made, phase) }),
  });
}

/** Only the last phase of a schedule that cancels gives its subscription an end. */
function setEnd(world: World, id: string): void {
  const schedule = world.get("subscription_schedule", id);
  if (schedule.subscription === null) return;
  const at = scheduledCancelAt(
    periodsOf(schedule.phases),
    schedule.end_behavior,
    world.nowFor(schedule.customer),
  );
  const before = world.get("subscription", schedule.subscription);
  if (at === null || before.cancel_at === at) return;
  updateSubscription(world, before.id, { cancelAt: at, prorationBehavior: "none" });
  const { hidden } = world.get("subscription", before.id);
  world.change("subscription", before.id, { hidden: { ...hidden, endsBySchedule: true } });
}

function addItems(world: World, subscription: Subscription, { add_invoice_items }: Phase): void {
  const now = world.nowFor(subscription.customer);
  for (const { price: id, quantity, discountable, metadata } of add_invoice_items) {
    const price = world.get("price", id);
    createInvoiceItem(world, {
      customer: subscription.customer,
      currency: price.currency,
      amount: priceAmount(toTerms(price), String(quantity ?? 1)),
      description: world.get("product", price.product).name,
      discountable: discountable ?? true,
      period: { start: now, end: now },
      pricing: toPricing(price),
      quantity: quantity ?? 1,
      subscription: subscription.id,
      metadata,
      proration: null,
    });
  }
}

function requestsOf({ discounts }: Phase): DiscountRequest[] {
  return [...discounts];
}

/** A phase's metadata is merged into the subscription's; an empty value takes a key away. */
function merged(before: Readonly<Record<string, string>>, phase: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries({ ...before, ...phase }).filter(([, value]) => value !== ""));
}
