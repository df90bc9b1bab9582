import type { Catalog, Plan, Price, Product } from "../catalog/model.js";
import { PayKitError, type PriceInterval } from "../contract/index.js";
import type { App, Caller } from "./app.js";

/** A product at one of its prices. */
export interface Offer<P extends Product = Product> {
  product: P;
  price: Price;
}

export interface OfferChoice {
  productId: string;
  interval?: PriceInterval | undefined;
}

/** The product at the price that was asked for. Errors: PRODUCT_UNKNOWN, INPUT_INVALID. */
export function chooseOffer(app: App, { productId, interval }: OfferChoice, caller: Caller): Offer {
  const product = app.catalog.products.get(productId);
  // A browser is not told of a hidden product from one that does not exist.
  if (product === undefined || (product.hidden && caller.isBrowser)) {
    throw new PayKitError("PRODUCT_UNKNOWN", `There is no product "${productId}".`);
  }
  return { product, price: choosePrice(app.catalog, product, interval) };
}

/** The plan at the price that was asked for. Errors: PLAN_UNKNOWN, INPUT_INVALID. */
export function choosePlan(
  app: App,
  { planId, interval }: { planId: string; interval?: PriceInterval | undefined },
  caller: Caller,
): Offer<Plan> {
  const plan = app.catalog.products.get(planId);
  if (plan?.kind !== "plan" || (plan.hidden && caller.isBrowser)) {
    throw new PayKitError("PLAN_UNKNOWN", `There is no plan "${planId}".`);
  }
  return { product: plan, price: choosePrice(app.catalog, plan, interval) };
}

/** A plan without a price costs nothing each month, so that Stripe can hold it like any other, in the catalog's currency. */
function nothing({ products }: Catalog): Price {
  const [price] = [...products.values()].flatMap(({ prices }) => prices);
  return { amount: 0, currency: price?.currency ?? "usd", interval: [1, "month"] };
}

function choosePrice(catalog: Catalog, product: Product, interval: PriceInterval | undefined): Price {
  const { prices } = product;
  if (prices.length === 0 && product.kind === "plan" && interval === undefined) return nothing(catalog);
  const price = interval === undefined ? prices[0] : prices.find((one) => one.interval?.[1] === interval);
  if (price !== undefined) return price;
  const message =
    interval === undefined
      ? `"${product.id}" has no price and cannot be bought.`
      : `"${product.id}" has no price per ${interval}.`;
  throw new PayKitError("INPUT_INVALID", message);
}
