import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { OneTimeProduct } from "../catalog/model.js";
import { PayKitError, type PriceInterval } from "../contract/index.js";
import { keepVersions } from "../database/product-version.js";
import { listPurchaseRows } from "../database/purchase.js";
import { ensurePrice } from "../stripe/prices.js";
import { nothingBilled } from "../sync/read-billed-state.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { chooseOffer, type Offer } from "./choose-offer.js";
import { ensureStripeCustomer, getKnownCustomer } from "./ensure-stripe-customer.js";
import { customerIdSchema, parseInput } from "./input.js";
import { openCheckout } from "./open-checkout.js";
import { planChange } from "./plan-change.js";
import { type ReturnUrls, toReturnUrls } from "./return-urls.js";
import { startPlan } from "./start-plan.js";
import { type Change, withChange } from "./with-change.js";

const schema = z.object({
  customerId: customerIdSchema,
  productId: z.string(),
  quantity: z.int().min(1).max(999_999).optional(),
});

export interface CreateCheckoutInput<ProductId extends string = string> {
  customerId: string;
  productId: ProductId;
  /** Default 1; more only of a stackable product or of a plan that is sold by the seat. */
  quantity?: number | undefined;
  /** Which of the prices; left out, the first. */
  interval?: PriceInterval | undefined;
  /** Where the person goes after paying: a path or a URL. Default "/". */
  successUrl?: string | undefined;
  /** Where the person goes who does not pay. Default: the success URL. */
  cancelUrl?: string | undefined;
  /** A Stripe coupon's id, of the server's choice. Without one the page takes promotion codes. */
  coupon?: string | undefined;
}

/**
 * A link to Stripe's page where the person pays. Asking again for the same thing gives the same page while it is open.
 * Errors: PRODUCT_UNKNOWN, PRODUCT_OWNED, INPUT_INVALID, CUSTOMER_UNKNOWN, AUTHORIZATION_DENIED, and those of Stripe.
 */
export async function createCheckoutUrl(
  app: App,
  input: CreateCheckoutInput,
  caller: Caller,
): Promise<string> {
  const { customerId, quantity = 1 } = parseInput(schema, input);
  const offer = chooseOffer(app, input, caller);
  assertBuyable(offer, quantity);
  const urls = await toReturnUrls(app, input, caller);
  const customer = await getKnownCustomer(app, customerId);
  await assertAuthorized(app, { customer, action: "checkout", product: offer.product, caller });
  const { product } = offer;
  return withChange({ database: app.database, customerId }, async (change) => {
    await app.database.query((orm) => keepVersions(orm, [product]));
    const sale = { app, change, input, quantity, urls, caller };
    return product.kind === "plan" ? sellPlan(sale) : sellProduct(sale, { product, price: offer.price });
  });
}

interface Sale {
  app: App;
  change: Change;
  input: CreateCheckoutInput;
  quantity: number;
  urls: ReturnUrls;
  caller: Caller;
}

/**
 * A new subscription, or a better one in place of what the customer has: that ends once the new one is paid, and the rest
 * of its time is credited. Everything else is not bought but changed.
 */
async function sellPlan({ app, change, input, quantity, urls, caller }: Sale): Promise<string> {
  const { customerId, productId: planId } = input;
  // Stripe is asked, because a second subscription would be charged for.
  const state = (await app.sync(customerId)) ?? nothingBilled;
  const wanted = { ...input, planId, forceCheckout: true };
  const planned = await planChange(app, { input: wanted, state, caller });
  const { decision } = planned;
  if (decision.kind !== "start") throw changedNotBought(decision.current?.plan.id ?? planId);
  const { stripeCustomerId } = await ensureStripeCustomer(app, customerId);
  const start = { ...decision, isPaidOnPage: true };
  const sold = { change, planned, start, input: wanted, stripeCustomerId, urls, quantity };
  const { paymentUrl } = await startPlan(app, sold);
  return paymentUrl ?? urls.successUrl;
}

function changedNotBought(currentPlanId: string): PayKitError {
  return new PayKitError(
    "PRODUCT_OWNED",
    `This customer is on "${currentPlanId}" already; change the plan with subscribe.`,
  );
}

async function sellProduct(
  { app, input, quantity, urls }: Sale,
  offer: Offer<OneTimeProduct>,
): Promise<string> {
  const { customerId, coupon = null } = input;
  await assertNotOwned(app, customerId, offer.product);
  const { stripeCustomerId } = await ensureStripeCustomer(app, customerId);
  const { client } = await app.gateway();
  const items = [{ priceId: await ensurePrice(client, offer), quantity }];
  const checkoutId = randomUUID();
  const none = { trial: null, replaces: null };
  return openCheckout(app, { customerId, stripeCustomerId, checkoutId, offer, items, coupon, urls, ...none });
}

async function assertNotOwned(
  app: App,
  customerId: string,
  { id, stackable }: OneTimeProduct,
): Promise<void> {
  if (stackable) return;
  const purchases = await app.database.query((orm) => listPurchaseRows(orm, customerId));
  if (purchases.some(({ productId, status }) => productId === id && status === "paid")) {
    throw new PayKitError("PRODUCT_OWNED", `This customer has "${id}" already.`);
  }
}

function assertBuyable({ product }: Offer, quantity: number): void {
  if (product.kind === "plan" && product.isDefault) {
    throw new PayKitError(
      "INPUT_INVALID",
      `"${product.id}" is what everybody has; use subscribe to go back to it.`,
    );
  }
  if (product.kind === "product" && !product.stackable && quantity > 1) {
    throw new PayKitError("INPUT_INVALID", `"${product.id}" is not stackable: it is bought once.`);
  }
}
