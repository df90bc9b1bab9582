import { randomUUID } from "node:crypto";
import { z } from "zod";
import { PayKitError, type PriceInterval } from "../contract/index.js";
import { keepVersions } from "../database/product-version.js";
import { listPurchaseRows } from "../database/purchase.js";
import { hadTrial } from "../database/trial.js";
import { ensurePrice } from "../stripe/prices.js";
import { groupKey } from "../subscription/plan-lines.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { chooseOffer, type Offer } from "./choose-offer.js";
import { ensureStripeCustomer, getKnownCustomer } from "./ensure-stripe-customer.js";
import { listHeldLines } from "./held-lines.js";
import { customerIdSchema, parseInput } from "./input.js";
import { openCheckout } from "./open-checkout.js";
import { toReturnUrls } from "./return-urls.js";
import { withChange } from "./with-change.js";

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
  await assertAuthorized(app, { customer, action: "checkout", product: offer.product });
  return withChange({ database: app.database, customerId }, async () => {
    await assertNotOwned(app, customerId, offer);
    const { stripeCustomerId } = await ensureStripeCustomer(app, customerId);
    await app.database.query((orm) => keepVersions(orm, [offer.product]));
    const { client } = await app.gateway();
    const priceId = await ensurePrice(client, offer);
    return openCheckout(app, {
      customerId,
      stripeCustomerId,
      checkoutId: randomUUID(),
      offer,
      items: [{ priceId, quantity }],
      trial: await trialFor(app, customerId, offer),
      coupon: input.coupon ?? null,
      replaces: null,
      urls,
    });
  });
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

async function assertNotOwned(app: App, customerId: string, { product }: Offer): Promise<void> {
  if (product.kind === "plan") return assertNotSubscribed(app, customerId, groupKey(product));
  if (product.stackable) return;
  const purchases = await app.database.query((orm) => listPurchaseRows(orm, customerId));
  if (purchases.some(({ productId, status }) => productId === product.id && status === "paid")) {
    throw new PayKitError("PRODUCT_OWNED", `This customer has "${product.id}" already.`);
  }
}

/** Stripe is asked, because a second subscription would be charged for. */
async function assertNotSubscribed(app: App, customerId: string, group: string): Promise<void> {
  const current = (await listHeldLines(app, customerId)).find(({ plan }) => groupKey(plan) === group);
  if (current === undefined) return;
  throw new PayKitError(
    "PRODUCT_OWNED",
    `This customer is on "${current.plan.id}" already; change the plan with subscribe.`,
  );
}

/** One trial per customer and group, ever. */
export async function trialFor(app: App, customerId: string, { product }: Offer) {
  if (product.kind !== "plan" || product.trialDays === 0) return null;
  const trialGroup = groupKey(product);
  if (await app.database.query((orm) => hadTrial(orm, { customerId, trialGroup }))) return null;
  return { days: product.trialDays, requiresCard: product.trialRequiresCard };
}
