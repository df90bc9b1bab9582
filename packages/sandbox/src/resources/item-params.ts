import type { ItemChange } from "../billing/apply-items.js";
import type { DiscountRequest } from "../billing/discounts.js";
import { createInvoiceItem } from "../billing/invoice-item.js";
import { toPricing, toTerms } from "../billing/price-terms.js";
import { priceAmount } from "../engine/price-lines.js";
import { invalid, missingReference } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import type { Price } from "../world/objects/catalog.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { createPrice, type PriceData } from "./create-price.js";

/** One item as a request writes it. */
export type ItemParams = {
  id?: string;
  deleted?: boolean;
  clear_usage?: boolean;
  price?: string;
  plan?: string;
  price_data?: PriceData;
  quantity?: number;
  metadata?: MetadataChange;
  discounts?: DiscountRequest[] | null;
};

export type ExtraItemParams = {
  price?: string;
  price_data?: PriceData;
  quantity?: number;
  discountable?: boolean;
  metadata?: MetadataChange;
};

export function toItemChange(world: World, item: ItemParams, index: number): ItemChange {
  const price = item.price_data ? createPrice(world, item.price_data).id : (item.price ?? item.plan);
  if (price === undefined && item.id === undefined) {
    throw invalid(`Missing required param: items[${index}][price].`, {
      code: "parameter_missing",
      param: `items[${index}][price]`,
    });
  }
  if (price !== undefined && !world.find("price", price))
    throw missingReference("price", price, `items[${index}][price]`);
  const before = item.id === undefined ? undefined : world.find("subscription_item", item.id);
  return {
    ...(item.id === undefined ? {} : { id: item.id }),
    ...(item.deleted ? { deleted: true } : {}),
    ...(item.clear_usage ? { clearUsage: true } : {}),
    ...(price === undefined ? {} : { price }),
    ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
    ...(item.metadata === undefined
      ? {}
      : { metadata: mergeMetadata(before?.metadata ?? {}, item.metadata) }),
    ...(item.discounts === undefined ? {} : { discounts: item.discounts ?? [] }),
  };
}

/** One-off prices that are billed beside the subscription. */
export function addExtraItems(
  world: World,
  subscription: Subscription,
  items: readonly ExtraItemParams[],
): void {
  const now = world.nowFor(subscription.customer);
  for (const [index, item] of items.entries()) {
    const price = oneOffPrice(world, item, `add_invoice_items[${index}][price]`);
    const quantity = item.quantity ?? 1;
    createInvoiceItem(world, {
      customer: subscription.customer,
      currency: price.currency,
      amount: priceAmount(toTerms(price), String(quantity)),
      description: world.get("product", price.product).name,
      discountable: item.discountable ?? true,
      period: { start: now, end: now },
      pricing: toPricing(price),
      quantity,
      subscription: subscription.id,
      metadata: mergeMetadata({}, item.metadata),
      proration: null,
    });
  }
}

function oneOffPrice(world: World, item: ExtraItemParams, param: string): Price {
  if (item.price_data) return createPrice(world, item.price_data);
  const price = world.find("price", item.price ?? "");
  if (!price) throw missingReference("price", item.price ?? "", param);
  if (price.recurring !== null) throw invalid("Only one-time prices can be added to an invoice.", { param });
  return price;
}
