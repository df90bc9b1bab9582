import type { Cadence, Recurrence } from "../engine/cadence.js";
import type { Period } from "../engine/instant.js";
import { aggregateUsage } from "../engine/meter-usage.js";
import type { PriceTerms } from "../engine/price-lines.js";
import type { Price } from "../world/objects/catalog.js";
import type { Pricing } from "../world/objects/invoice.js";
import type { Subscription, SubscriptionItem } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";

/** What of a price decides an amount, as the engine wants it. */
export function toTerms(price: Price): PriceTerms {
  return {
    unitAmount: price.unit_amount_decimal,
    tiersMode: price.tiers_mode,
    tiers:
      price.hidden.tiers?.map((tier) => ({
        upTo: tier.up_to,
        unitAmount: tier.unit_amount_decimal,
        flatAmount: tier.flat_amount_decimal,
      })) ?? null,
    transformQuantity: price.transform_quantity
      ? { divideBy: price.transform_quantity.divide_by, round: price.transform_quantity.round }
      : null,
  };
}

export function toPricing(price: Price, unitAmount: string | null = price.unit_amount_decimal): Pricing {
  return {
    price_details: { price: price.id, product: price.product },
    type: "price_details",
    unit_amount_decimal: unitAmount,
  };
}

export function recurrenceOf(price: Price): Recurrence {
  if (price.recurring === null) throw new Error(`${price.id} does not recur`);
  return { interval: price.recurring.interval, intervalCount: price.recurring.interval_count };
}

/** The beat of one item: its price's interval, from the subscription's anchor. */
export function cadenceOf(subscription: Subscription, price: Price): Cadence {
  const { anchorDay } = subscription.hidden;
  return {
    ...recurrenceOf(price),
    anchor: subscription.billing_cycle_anchor,
    ...(anchorDay === null ? {} : { dayOfMonth: anchorDay }),
  };
}

export function isMetered(price: Price): boolean {
  return price.recurring?.usage_type === "metered";
}

export function periodOf(item: SubscriptionItem): Period {
  return { start: item.current_period_start, end: item.current_period_end };
}

/** What the customer used of an item within a period, by its price's meter; a decimal. */
export function usageOf(
  world: World,
  { customer, price, period }: { customer: string; price: Price; period: Period },
): string {
  const meter = price.recurring?.meter ? world.get("billing.meter", price.recurring.meter) : null;
  if (meter === null) return "0";
  const usage = world
    .ofMeter(meter.event_name, customer)
    .map(({ timestamp, hidden }) => ({ at: timestamp, value: hidden.value }));
  return aggregateUsage(usage, meter.default_aggregation.formula, period);
}
