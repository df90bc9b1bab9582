import { requirePrice } from "../billing/apply-items.js";
import { emptyPhase, type PhaseDraft } from "../billing/create-schedule.js";
import type { Interval } from "../engine/cadence.js";
import { invalid } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import type { ScheduleDiscount } from "../world/objects/schedule.js";
import type { CollectionMethod, ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { createPrice, type PriceData } from "./create-price.js";

export function toPhaseDraft(world: World, phase: PhaseParams, now: number): PhaseDraft {
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

type DiscountParams = { coupon?: string; discount?: string; promotion_code?: string };

export type PhaseParams = {
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

function toDiscount({ coupon, discount, promotion_code }: DiscountParams): ScheduleDiscount {
  return { coupon: coupon ?? null, discount: discount ?? null, promotion_code: promotion_code ?? null };
}
