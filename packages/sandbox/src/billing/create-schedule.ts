import type { Recurrence } from "../engine/cadence.js";
import { layPhases } from "../engine/schedule-phases.js";
import { invalid } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type { Phase, PhaseItem, SubscriptionSchedule } from "../world/objects/schedule.js";
import type { BillingMode, Subscription } from "../world/objects/subscription.js";
import { type Metadata, NO_SUBSCRIPTION_TAX } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { recurrenceOf } from "./price-terms.js";
import { planOf } from "./schedule-plan.js";
import { itemsOf } from "./track-subscription.js";

/** A phase before it is laid on the time line. */
export type PhaseDraft = Omit<Phase, "start_date" | "end_date"> & {
  endAt: number | null;
  duration: Recurrence | null;
};

export type NewSchedule = {
  customer: string;
  phases: readonly PhaseDraft[];
  startAt: number;
  endBehavior: SubscriptionSchedule["end_behavior"];
  billingMode: BillingMode;
  defaults?: Partial<SubscriptionSchedule["default_settings"]>;
  metadata: Metadata;
};

const MOST_PHASES = 10;

export function createSchedule(world: World, given: NewSchedule): SubscriptionSchedule {
  const schedule = world.put<SubscriptionSchedule>({
    ...blank(world, given.customer),
    billing_mode: given.billingMode,
    default_settings: { ...DEFAULTS, ...given.defaults },
    end_behavior: given.endBehavior,
    metadata: given.metadata,
    ...planOf(layOut(world, given.startAt, given.phases), world.nowFor(given.customer)),
    status: "not_started",
  });
  world.emit("subscription_schedule.created", schedule);
  return schedule;
}

/** A schedule over a subscription that runs: its one phase is the period it is in. */
export function scheduleFrom(world: World, subscription: Subscription): SubscriptionSchedule {
  if (subscription.schedule !== null) {
    throw invalid(
      `You cannot migrate a subscription that is already attached to a schedule: ${subscription.schedule}.`,
      { param: "from_subscription" },
    );
  }
  const items = itemsOf(world, subscription);
  const start = Math.min(...items.map((item) => item.current_period_start));
  const end = Math.max(...items.map((item) => item.current_period_end));
  const phase: Phase = {
    ...emptyPhase(subscription.currency),
    items: items.map(
      (item): PhaseItem => ({
        billing_thresholds: null,
        discounts: [],
        metadata: item.metadata,
        plan: item.price,
        price: item.price,
        ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
        tax_rates: [],
      }),
    ),
    metadata: subscription.metadata,
    start_date: start,
    end_date: end,
    trial_end: subscription.status === "trialing" ? subscription.trial_end : null,
  };
  const schedule = world.put<SubscriptionSchedule>({
    ...blank(world, subscription.customer),
    billing_mode: subscription.billing_mode,
    current_phase: { end_date: end, start_date: start },
    default_settings: {
      ...DEFAULTS,
      collection_method: subscription.collection_method,
      default_payment_method: subscription.default_payment_method,
    },
    end_behavior: "release",
    metadata: {},
    ...planOf([phase], world.nowFor(subscription.customer)),
    status: "active",
    subscription: subscription.id,
  });
  world.emit("subscription_schedule.created", schedule);
  world.track("subscription", subscription.id, "customer.subscription.updated", () =>
    world.change("subscription", subscription.id, { schedule: schedule.id }),
  );
  return schedule;
}

/** Lays phases one after the other. @throws ApiError 400 for too many, or one that ends before it begins */
export function layOut(world: World, startAt: number, drafts: readonly PhaseDraft[]): Phase[] {
  if (drafts.length === 0)
    throw invalid("A schedule must have at least one phase.", { code: "parameter_missing", param: "phases" });
  if (drafts.length > MOST_PHASES)
    throw invalid(`A schedule has at most ${MOST_PHASES} current and future phases.`, { param: "phases" });
  const periods = layPhases(
    startAt,
    drafts.map(({ endAt, duration, items }) => ({
      endAt,
      duration,
      price: recurrenceOf(world.get("price", items[0]?.price ?? "")),
    })),
  );
  return drafts.map(({ endAt: _, duration: __, ...phase }, index) => {
    const period = periods[index] ?? { start: startAt, end: startAt };
    if (period.end <= period.start)
      throw invalid("A phase must end after it starts.", { param: `phases[${index}][end_date]` });
    return { ...phase, start_date: period.start, end_date: period.end };
  });
}

export function emptyPhase(currency: string): Omit<Phase, "start_date" | "end_date"> {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    invoice_settings: null,
    items: [],
    metadata: {},
    on_behalf_of: null,
    proration_behavior: "create_prorations",
    transfer_data: null,
    trial_end: null,
  };
}

const DEFAULTS: SubscriptionSchedule["default_settings"] = {
  application_fee_percent: null,
  automatic_tax: NO_SUBSCRIPTION_TAX,
  billing_cycle_anchor: "automatic",
  billing_thresholds: null,
  collection_method: "charge_automatically",
  default_payment_method: null,
  description: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: "self" },
  },
  on_behalf_of: null,
  transfer_data: null,
};

function blank(world: World, customer: string) {
  return {
    id: newId("subscription_schedule"),
    object: "subscription_schedule" as const,
    application: null,
    canceled_at: null,
    completed_at: null,
    created: world.nowFor(customer),
    current_phase: null,
    customer,
    customer_account: null,
    livemode: false as const,
    pause_schedules: [],
    released_at: null,
    released_subscription: null,
    subscription: null,
    test_clock: world.timelineOf(customer),
  };
}
