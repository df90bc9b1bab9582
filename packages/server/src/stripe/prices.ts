import type Stripe from "stripe";
import type { Price, Product } from "../catalog/model.js";
import type { BilledPrice } from "../subscription/billed.js";
import { callStripe, isTaken, toPayKitError } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { fromPrice } from "./from-stripe.js";
import { toIdempotencyKey } from "./idempotency-key.js";
import { metadataKeys } from "./metadata.js";

/**
 * The name a price is found by. It carries the hash of the product's content, so that any number of deploys agree on one
 * price, and a changed product is another.
 */
function toLookupKey(product: Product, { interval, currency }: Price): string {
  const period = interval === null ? "once" : `${interval[0]}${interval[1]}`;
  return `paykit_${product.id}_${product.version}_${currency}_${period}`;
}

/** A product at Stripe is known by ours, whatever its version. */
export function toStripeProductId({ id }: Product): string {
  return `paykit_${id}`;
}

export interface SoldPrice {
  product: Product;
  price: Price;
}

/** The id of the price at Stripe, found by its lookup key or made. */
export async function ensurePrice(stripe: StripeClient, { product, price }: SoldPrice): Promise<string> {
  const lookupKey = toLookupKey(product, price);
  const found = await findPrice(stripe, lookupKey);
  if (found !== null) return found;
  const stripeProductId = await ensureProduct(stripe, product);
  try {
    const made = await createOnce(stripe.prices, {
      params: toPriceParams({ product, price }, stripeProductId),
      idempotencyKey: toIdempotencyKey("price", lookupKey),
    });
    return made.id;
  } catch (error) {
    const madeMeanwhile = await findPrice(stripe, lookupKey);
    if (madeMeanwhile !== null) return madeMeanwhile;
    throw toPayKitError(error);
  }
}

export async function getPrice(stripe: StripeClient, priceId: string): Promise<BilledPrice> {
  return fromPrice(await callStripe(() => stripe.prices.retrieve(priceId)));
}

async function findPrice(stripe: StripeClient, lookupKey: string): Promise<string | null> {
  const { data } = await callStripe(() => stripe.prices.list({ lookup_keys: [lookupKey], limit: 1 }));
  return data[0]?.id ?? null;
}

async function ensureProduct(stripe: StripeClient, product: Product): Promise<string> {
  const id = toStripeProductId(product);
  try {
    await createOnce(stripe.products, {
      params: {
        id,
        name: product.name,
        ...(product.description === null ? {} : { description: product.description }),
        metadata: { [metadataKeys.productId]: product.id },
      },
      idempotencyKey: toIdempotencyKey("product", id),
    });
  } catch (error) {
    if (!isTaken(error)) throw toPayKitError(error);
  }
  return id;
}

function toPriceParams({ product, price }: SoldPrice, stripeProductId: string): Stripe.PriceCreateParams {
  return {
    product: stripeProductId,
    currency: price.currency,
    unit_amount: price.amount,
    lookup_key: toLookupKey(product, price),
    metadata: { [metadataKeys.productId]: product.id, [metadataKeys.version]: product.version },
    ...(price.interval === null
      ? {}
      : { recurring: { interval_count: price.interval[0], interval: price.interval[1] } }),
  };
}
