import { requirePrice } from "../billing/apply-items.js";
import { cancelNow } from "../billing/cancel-subscription.js";
import {
  createSchedule,
  emptyPhase,
  layOut,
  type PhaseDraft,
  scheduleFrom,
} from "../billing/create-schedule.js";
import { releaseSchedule } from "../billing/end-schedule.js";
import { enterPhase, runScheduleDue } from "../billing/schedule-due.js";
import type { Interval } from "../engine/cadence.js";
import { phaseAt } from "../engine/schedule-phases.js";
import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type {
  BillingMode,
  Phase,
  ScheduleDiscount,
  SubscriptionSchedule,
} from "../world/objects/subscription.js";
import type { CollectionMethod, ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { createPrice, type PriceData } from "./create-price.js";
import { requireCustomer } from "./customers.js";
import { findSubscription, ownMethod, toBillingMode } from "./subscriptions.js";

type DiscountParams = { coupon?: string; discount?: string; promotion_code?: string };

type PhaseParams = {
  add_invoice_items?: {
    price?: string;
    price_data?: PriceData;
    quantity?: number;
    discountable?: boolean;
    metadata?: MetadataChange;
  }[];
  billing_cycle_anchor?: "automatic" | "phase_start";
  collection_method?: CollectionMethod;
  currency?: string;
  default_payment_method?: string;
  description?: string | null;
  discounts?: DiscountParams[] | null;
  duration?: { interval: Interval; interval_count?: number };
  end_date?: number | "now";
  items: {
    price?: string;
    plan?: string;
    price_data?: PriceData;
    quantity?: number;
    metadata?: MetadataChange;
    discounts?: DiscountParams[] | null;
  }[];
  metadata?: MetadataChange;
  proration_behavior?: ProrationBehavior;
  start_date?: number | "now";
  trial?: boolean;
  trial_end?: number | "now";
};

type ScheduleParams = {
  billing_mode?: { type: BillingMode["type"]; flexible?: BillingMode["flexible"] };
  customer?: string;
  default_settings?: {
    collection_method?: CollectionMethod;
    default_payment_method?: string;
    description?: string | null;
    billing_cycle_anchor?: "automatic" | "phase_start";
  };
  end_behavior?: "release" | "cancel" | "none" | "renew";
  from_subscription?: string;
  metadata?: MetadataChange;
  phases?: PhaseParams[];
  proration_behavior?: ProrationBehavior;
  start_date?: number | "now";
};

export const subscriptionSchedules: readonly Route[] = [
  route<ScheduleParams>(
    ["POST", "/v1/subscription_schedules"],
    "SubscriptionScheduleCreateParams",
    ({ world, params }) => create(world, params),
  ),
  route<PageParams & { created?: Range; customer?: string; scheduled?: boolean }>(
    ["GET", "/v1/subscription_schedules"],
    "SubscriptionScheduleListParams",
    ({ world, params }) => {
      const found = world
        .list("subscription_schedule")
        .filter((one) => isWithin(one.created, params.created))
        .filter((one) => params.customer === undefined || one.customer === params.customer)
        .filter(
          (one) => params.scheduled === undefined || (one.status === "not_started") === params.scheduled,
        );
      return paginate(found, params, "/v1/subscription_schedules");
    },
  ),
  route(["GET", "/v1/subscription_schedules/:id"], "SubscriptionScheduleRetrieveParams", ({ world, id }) =>
    findSchedule(world, id),
  ),
  route<ScheduleParams>(
    ["POST", "/v1/subscription_schedules/:id"],
    "SubscriptionScheduleUpdateParams",
    ({ world, id, params }) => update(world, id, params),
  ),
  route<{ invoice_now?: boolean; prorate?: boolean }>(
    ["POST", "/v1/subscription_schedules/:id/cancel"],
    "SubscriptionScheduleCancelParams",
    ({ world, id, params }) => {
      const schedule = requireLiving(findSchedule(world, id));
      if (schedule.subscription !== null) {
        cancelNow(world, schedule.subscription, {
          reason: "cancellation_requested",
          invoiceNow: params.invoice_now ?? true,
          prorate: params.prorate ?? true,
        });
        return world.get("subscription_schedule", id);
      }
      const canceled = world.change("subscription_schedule", id, {
        status: "canceled",
        canceled_at: world.nowFor(schedule.customer),
        current_phase: null,
      });
      world.emit("subscription_schedule.canceled", canceled);
      return canceled;
    },
  ),
  route<{ preserve_cancel_date?: boolean }>(
    ["POST", "/v1/subscription_schedules/:id/release"],
    "SubscriptionScheduleReleaseParams",
    ({ world, id, params }) => {
      requireLiving(findSchedule(world, id));
      return releaseSchedule(world, id, { preserveCancelDate: params.preserve_cancel_date ?? false });
    },
  ),
];

function create(world: World, params: ScheduleParams): SubscriptionSchedule {
  if (params.from_subscription !== undefined) {
    const others = Object.keys(params).filter(
      (key) => !["from_subscription", "expand", "pause_schedules"].includes(key),
    );
    if (others.length > 0) {
      throw invalid("You cannot set other parameters together with `from_subscription`.", {
        code: "parameters_exclusive",
        param: others[0] ?? "phases",
      });
    }
    return scheduleFrom(world, findSubscription(world, params.from_subscription));
  }
  const customer = requireCustomer(world, params.customer).id;
  const now = world.nowFor(customer);
  const startAt = params.start_date === undefined || params.start_date === "now" ? now : params.start_date;
  const drafts = (params.phases ?? []).map((phase) => toDraft(world, phase, now));
  const schedule = createSchedule(world, {
    customer,
    phases: drafts,
    startAt,
    endBehavior: endBehaviorOf(params.end_behavior) ?? "release",
    billingMode: toBillingMode(params.billing_mode ?? { type: "flexible" }),
    defaults: defaultsOf(world, customer, params),
    metadata: mergeMetadata({}, params.metadata),
  });
  // A start in the past or now is due at once.
  if (startAt <= now) runScheduleDue(world, schedule.id);
  return world.get("subscription_schedule", schedule.id);
}

/** Current and future phases are sent again, the first with its `start_date`. */
function update(world: World, id: string, params: ScheduleParams): SubscriptionSchedule {
  const before = requireLiving(findSchedule(world, id));
  const now = world.nowFor(before.customer);
  world.track("subscription_schedule", id, "subscription_schedule.updated", () => {
    const phases = params.phases === undefined ? before.phases : newPhases(world, before, params.phases, now);
    const index = phaseAt(
      phases.map((phase) => ({ start: phase.start_date, end: phase.end_date })),
      now,
    );
    const current = index === null ? undefined : phases[index];
    world.change("subscription_schedule", id, {
      default_settings: { ...before.default_settings, ...defaultsOf(world, before.customer, params) },
      end_behavior: endBehaviorOf(params.end_behavior) ?? before.end_behavior,
      metadata: mergeMetadata(before.metadata, params.metadata),
      phases,
      current_phase:
        before.status === "active" && current
          ? { end_date: current.end_date, start_date: current.start_date }
          : before.current_phase,
    });
  });
  if (before.status === "active") applyNow(world, id, params.proration_behavior ?? "create_prorations");
  return world.get("subscription_schedule", id);
}

/** What the current phase says now holds at once. */
function applyNow(world: World, id: string, prorationBehavior: ProrationBehavior): void {
  const { phases, customer } = world.get("subscription_schedule", id);
  const now = world.nowFor(customer);
  const index = phaseAt(
    phases.map((phase) => ({ start: phase.start_date, end: phase.end_date })),
    now,
  );
  if (index !== null) enterPhase(world, id, index, prorationBehavior);
}

function newPhases(
  world: World,
  before: SubscriptionSchedule,
  given: readonly PhaseParams[],
  now: number,
): Phase[] {
  const [first] = given;
  const known = before.current_phase?.start_date ?? before.phases[0]?.start_date ?? now;
  if (before.status === "active" && first?.start_date === undefined) {
    throw invalid("The first phase must say its `start_date`.", {
      code: "parameter_missing",
      param: "phases[0][start_date]",
    });
  }
  const startAt =
    first?.start_date === undefined ? known : first.start_date === "now" ? now : first.start_date;
  return layOut(
    world,
    startAt,
    given.map((phase, index) => {
      const next = given[index + 1]?.start_date;
      const endDate = phase.end_date ?? (next === undefined ? undefined : next);
      return toDraft(
        world,
        { ...phase, ...(endDate === undefined || phase.duration ? {} : { end_date: endDate }) },
        now,
      );
    }),
  );
}

function toDraft(world: World, phase: PhaseParams, now: number): PhaseDraft {
  const items = phase.items.map((item) => {
    const price = requirePrice(
      world,
      item.price_data ? createPrice(world, item.price_data).id : (item.price ?? item.plan ?? ""),
      "phases[0][items][0][price]",
    );
    const isMetered = price.recurring?.usage_type === "metered";
    return {
      billing_thresholds: null,
      discounts: (item.discounts ?? []).map(toDiscount),
      metadata: mergeMetadata({}, item.metadata),
      plan: price.id,
      price: price.id,
      ...(isMetered ? {} : { quantity: item.quantity ?? 1 }),
      tax_rates: [],
    };
  });
  const currency = phase.currency ?? world.get("price", items[0]?.price ?? "").currency;
  const endAt = phase.end_date === undefined ? null : phase.end_date === "now" ? now : phase.end_date;
  if (phase.trial && endAt === null)
    throw invalid("A phase that is a trial must say when it ends.", { param: "phases[0][end_date]" });
  return {
    ...emptyPhase(currency),
    add_invoice_items: (phase.add_invoice_items ?? []).map((item) => ({
      discountable: item.discountable ?? null,
      discounts: [],
      metadata: mergeMetadata({}, item.metadata),
      period: { end: { type: "min_item_period_end" }, start: { type: "max_item_period_start" } },
      price: item.price_data ? createPrice(world, item.price_data).id : (item.price ?? ""),
      quantity: item.quantity ?? 1,
      tax_rates: [],
    })),
    billing_cycle_anchor: phase.billing_cycle_anchor ?? null,
    collection_method: phase.collection_method ?? null,
    default_payment_method: phase.default_payment_method ?? null,
    description: phase.description ?? null,
    discounts: (phase.discounts ?? []).map(toDiscount),
    items,
    metadata: mergeMetadata({}, phase.metadata),
    proration_behavior: phase.proration_behavior ?? "create_prorations",
    trial_end: phase.trial
      ? endAt
      : phase.trial_end === undefined || phase.trial_end === "now"
        ? null
        : phase.trial_end,
    endAt,
    duration: phase.duration
      ? { interval: phase.duration.interval, intervalCount: phase.duration.interval_count ?? 1 }
      : null,
  };
}

function toDiscount({ coupon, discount, promotion_code }: DiscountParams): ScheduleDiscount {
  return { coupon: coupon ?? null, discount: discount ?? null, promotion_code: promotion_code ?? null };
}

function defaultsOf(
  world: World,
  customer: string,
  { default_settings: given }: ScheduleParams,
): Partial<SubscriptionSchedule["default_settings"]> {
  if (given === undefined) return {};
  return {
    ...(given.collection_method === undefined ? {} : { collection_method: given.collection_method }),
    ...(given.default_payment_method === undefined
      ? {}
      : { default_payment_method: ownMethod(world, customer, given.default_payment_method || undefined) }),
    ...(given.description === undefined ? {} : { description: given.description }),
    ...(given.billing_cycle_anchor === undefined ? {} : { billing_cycle_anchor: given.billing_cycle_anchor }),
  };
}

function endBehaviorOf(
  given: ScheduleParams["end_behavior"],
): SubscriptionSchedule["end_behavior"] | undefined {
  if (given === "none" || given === "renew")
    throw invalid(`The sandbox covers an end_behavior of release and cancel, not ${given}.`, {
      param: "end_behavior",
    });
  return given;
}

function findSchedule(world: World, id: string): SubscriptionSchedule {
  const schedule = world.find("subscription_schedule", id);
  if (schedule === undefined) throw missing("subscription_schedule", id, "schedule");
  return schedule;
}

function requireLiving(schedule: SubscriptionSchedule): SubscriptionSchedule {
  if (schedule.status === "active" || schedule.status === "not_started") return schedule;
  throw invalid(`A schedule that is ${schedule.status} can't be changed any more.`);
}
