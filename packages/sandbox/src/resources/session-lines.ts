import { totalSession } from "../billing/checkout-order.js";
import { invalid, missingReference, parameterMissing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { newId } from "../world/new-id.js";
import type { Price } from "../world/objects/catalog.js";
import type { CheckoutLineItem, CheckoutMode, CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { createPrice, type PriceData } from "./create-price.js";

export type LineParams = {
  id?: string;
  price?: string;
  price_data?: PriceData;
  quantity?: number;
  adjustable_quantity?: { enabled: boolean; maximum?: number; minimum?: number };
  metadata?: MetadataChange;
};

/** @throws ApiError 400 for a price that does not fit the mode, or a quantity that is missing */
export function createLine(
  world: World,
  line: LineParams,
  { index, mode }: { index: number; mode: CheckoutMode },
): CheckoutLineItem {
  const price = priceOf(world, line, index);
  const isMetered = price.recurring?.usage_type === "metered";
  if (mode === "payment" && price.recurring !== null) {
    throw invalid("A recurring price needs `subscription` mode; `payment` mode takes one-time prices.", {
      param: `line_items[${index}][price]`,
    });
  }
  if (!isMetered && line.quantity === undefined && !line.adjustable_quantity?.enabled)
    throw parameterMissing(`line_items[${index}][quantity]`);
  if (isMetered && line.quantity !== undefined) {
    throw invalid("Quantity should not be specified for a metered price.", {
      param: `line_items[${index}][quantity]`,
    });
  }
  return world.put<CheckoutLineItem>({
    id: newId("item"),
    object: "item",
    adjustable_quantity: line.adjustable_quantity?.enabled
      ? {
          enabled: true,
          maximum: line.adjustable_quantity.maximum ?? DEFAULT_ADJUSTABLE.maximum,
          minimum: line.adjustable_quantity.minimum ?? DEFAULT_ADJUSTABLE.minimum,
        }
      : null,
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency: price.currency,
    description: world.get("product", price.product).name,
    metadata: mergeMetadata({}, line.metadata),
    price: price.id,
    quantity: isMetered ? null : (line.quantity ?? 1),
  });
}

function priceOf(world: World, line: LineParams, index: number): Price {
  if (line.price_data) return createPrice(world, line.price_data, { isInline: false });
  if (line.price === undefined) throw parameterMissing(`line_items[${index}][price]`);
  const price = world.find("price", line.price);
  if (!price) throw missingReference("price", line.price, `line_items[${index}][price]`);
  if (!price.active)
    throw invalid(`The price specified is inactive. This field only accepts active prices.`, {
      param: `line_items[${index}][price]`,
    });
  if (!world.get("product", price.product).active) {
    throw invalid("The product of the price is not active.", {
      code: "product_inactive",
      param: `line_items[${index}][price]`,
    });
  }
  return price;
}

/** The one currency of a session. @throws ApiError 400 for mixed ones, or a subscription of one-time prices */
export function currencyOf(
  world: World,
  lines: readonly CheckoutLineItem[],
  params: { mode?: CheckoutMode; currency?: string },
): string | null {
  const mode = params.mode ?? "payment";
  const currencies = new Set(lines.map(({ currency }) => currency));
  if (currencies.size > 1)
    throw invalid("All prices on a Checkout Session must have the same currency.", { param: "line_items" });
  if (mode === "subscription" && !lines.some(({ price }) => world.get("price", price).recurring !== null)) {
    throw invalid("`subscription` mode needs at least one recurring price.", {
      param: "line_items",
    });
  }
  return lines[0]?.currency ?? params.currency ?? null;
}

/** All lines are sent again; one that names its id keeps it. */
export function updateLines(world: World, session: CheckoutSession, lines: readonly LineParams[]): void {
  if (session.status !== "open") throw invalid("Only an open session can be changed.");
  const kept = lines.map((line, index) => {
    if (line.id === undefined) return createLine(world, line, { index, mode: session.mode }).id;
    if (!session.hidden.lineItems.includes(line.id))
      throw missingReference("line item", line.id, `line_items[${index}][id]`);
    if (line.quantity !== undefined) world.change("item", line.id, { quantity: line.quantity });
    return line.id;
  });
  world.change("checkout.session", session.id, { hidden: { ...session.hidden, lineItems: kept } });
  totalSession(world, session.id);
}

const DEFAULT_ADJUSTABLE = { minimum: 0, maximum: 99 };
