import { describeRecurring, describeTrial } from "../engine/describe-line.js";
import type { Period } from "../engine/instant.js";
import { exactAmount, priceLines } from "../engine/price-lines.js";
import { prorateDebit } from "../engine/prorate.js";
import type { Price } from "../world/objects/catalog.js";
import type { InvoiceItem, InvoiceLine, LineParent, Pricing } from "../world/objects/invoice.js";
import type { Subscription, SubscriptionItem } from "../world/objects/subscription.js";
import type { Metadata } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { isMetered, recurrenceOf, toPricing, toTerms, usageOf } from "./price-terms.js";

/** A line before it is on an invoice: discounts are not applied yet. */
export type DraftLine = {
  amount: number;
  description: string;
  discountable: boolean;
  /** Of the item itself; those of the whole invoice come on top. */
  discounts: readonly string[];
  metadata: Metadata;
  parent: LineParent;
  period: Period;
  pricing: Pricing;
  quantity: number | null;
  quantityDecimal: string | null;
  subscription: string | null;
};

type ItemOfSubscription = { subscription: Subscription; item: SubscriptionItem };

/** What an item costs for a period in advance. `full` is the whole period, when only a part of it is billed. */
export function advanceLines(
  world: World,
  { subscription, item, period, full = period }: ItemOfSubscription & { period: Period; full?: Period },
): DraftLine[] {
  const price = world.get("price", item.price);
  if (isMetered(price)) return [];
  const isPartial = period.start > full.start || period.end < full.end;
  if (!isPartial)
    return pricedLines(world, { subscription, item, price, period, quantity: String(item.quantity ?? 1) });
  const amount = prorateDebit({
    fullAmount: exactAmount(toTerms(price), String(item.quantity ?? 1)),
    fullPeriod: full,
    from: period.start,
    to: period.end,
  });
  const [line] = pricedLines(world, {
    subscription,
    item,
    price,
    period,
    quantity: String(item.quantity ?? 1),
  });
  return line
    ? [{ ...line, amount, quantity: item.quantity ?? 1, quantityDecimal: String(item.quantity ?? 1) }]
    : [];
}

/** What was used of a metered item within a period, in arrears. */
export function arrearsLines(
  world: World,
  { subscription, item, period }: ItemOfSubscription & { period: Period },
): DraftLine[] {
  const price = world.get("price", item.price);
  if (!isMetered(price)) return [];
  const quantity = usageOf(world, { customer: subscription.customer, price, period });
  return pricedLines(world, { subscription, item, price, period, quantity });
}

/** The line of 0 that a trial begins with. */
export function trialLine(world: World, { subscription, item }: ItemOfSubscription): DraftLine | null {
  const price = world.get("price", item.price);
  if (isMetered(price)) return null;
  const product = world.get("product", price.product).name;
  const quantity = item.quantity ?? 1;
  const description =
    subscription.billing_mode.type === "flexible"
      ? describeTrial({ product, quantity })
      : `Trial period for ${product}`;
  return {
    ...lineOf({ subscription, item }),
    amount: 0,
    description,
    period: { start: item.current_period_start, end: item.current_period_end },
    pricing: toPricing(price, "0"),
    quantity,
    quantityDecimal: String(quantity),
  };
}

/** A pending item as a line. */
export function itemLine(item: InvoiceItem): DraftLine {
  const details = item.parent?.subscription_details ?? null;
  const proration = item.proration_details?.credited_items?.invoice_line_item_details ?? null;
  const shared = {
    proration: item.proration,
    proration_details: item.proration ? { credited_items: proration } : null,
    subscription: details?.subscription ?? null,
  };
  const parent: LineParent =
    details?.subscription_item === undefined
      ? {
          invoice_item_details: { ...shared, invoice_item: item.id },
          subscription_item_details: null,
          type: "invoice_item_details",
        }
      : {
          invoice_item_details: null,
          subscription_item_details: {
            ...shared,
            invoice_item: item.id,
            subscription_item: details.subscription_item,
          },
          type: "subscription_item_details",
        };
  return {
    amount: item.amount,
    description: item.description ?? "",
    discountable: item.discountable,
    discounts: item.discounts,
    metadata: item.metadata,
    parent,
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantityDecimal: item.quantity_decimal,
    subscription: details?.subscription ?? null,
  };
}

function pricedLines(
  world: World,
  {
    subscription,
    item,
    price,
    period,
    quantity,
  }: ItemOfSubscription & { price: Price; period: Period; quantity: string },
): DraftLine[] {
  const product = world.get("product", price.product).name;
  return priceLines(toTerms(price), quantity).map((line) => ({
    ...lineOf({ subscription, item }),
    amount: line.amount,
    description: describeRecurring({
      product,
      quantity: line.quantity,
      unitAmount: line.unitAmount,
      currency: price.currency,
      recurrence: recurrenceOf(price),
      tier: line.tier,
    }),
    period,
    pricing: toPricing(price, line.unitAmount),
    quantity: Math.trunc(Number(line.quantity)),
    quantityDecimal: line.quantity,
  }));
}

function lineOf({ subscription, item }: ItemOfSubscription) {
  return {
    discountable: true,
    discounts: item.discounts,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    subscription: subscription.id,
  } satisfies Partial<DraftLine>;
}

/** A line on an invoice, as a draft again. */
export function toDraft(line: InvoiceLine): DraftLine {
  return {
    amount: line.amount,
    description: line.description ?? "",
    discountable: line.discountable,
    discounts: line.discounts,
    metadata: line.metadata,
    parent: line.parent,
    period: line.period,
    pricing: line.pricing,
    quantity: line.quantity,
    quantityDecimal: line.quantity_decimal,
    subscription: line.subscription,
  };
}
