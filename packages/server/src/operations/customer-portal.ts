import type { PortalBody } from "../contract/index.js";
import { PayKitError } from "../contract/index.js";
import { listSubscriptionRows, type SubscriptionRow } from "../database/subscription.js";
import { toIdempotencyKey } from "../stripe/idempotency-key.js";
import { createPortalSession, type PortalInput } from "../stripe/portal.js";
import { ensurePortalConfiguration, type SwitchablePlan } from "../stripe/portal-configuration.js";
import { ensurePrice, toStripeProductId } from "../stripe/prices.js";
import { isGiving } from "../subscription/status.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { ensureStripeCustomer, getKnownCustomer } from "./ensure-stripe-customer.js";
import { portalReturnPath, sealVisit } from "./portal-visit.js";
import { toReturnUrls } from "./return-urls.js";
import { withChange } from "./with-change.js";

export interface PortalRequest {
  customerId: string;
  /** Where the person goes afterwards: a path or a URL. Default "/". */
  returnUrl?: string | undefined;
  /**
   * Where in the portal to begin. `switch_plan` offers the plans of the customer's group as `subscribe` would change them;
   * what else the portal allows is set at Stripe.
   */
  flow?: PortalBody["flow"] | undefined;
  /** With it, the same call again gives the same link. */
  idempotencyKey?: string | undefined;
}

/**
 * A short-lived link to Stripe's pages for cards, invoices and cancelling.
 * Errors: CUSTOMER_UNKNOWN, AUTHORIZATION_DENIED, INPUT_INVALID, and those of Stripe.
 */
export async function customerPortal(
  app: App,
  { customerId, returnUrl, flow, idempotencyKey: click }: PortalRequest,
  caller: Caller,
): Promise<{ url: string }> {
  const { successUrl, handlerUrl } = await toReturnUrls(app, { successUrl: returnUrl }, caller);
  const customer = await getKnownCustomer(app, customerId);
  await assertAuthorized(app, { customer, action: "portal", product: null, caller });
  return withChange({ database: app.database, customerId }, async (change) => {
    const begin = await toFlow(app, customerId, flow);
    const { stripeCustomerId } = await ensureStripeCustomer(app, customerId);
    const { client, webhookSecret } = await app.gateway();
    const visit = sealVisit({ customerId, returnUrl: successUrl }, webhookSecret);
    const url = await createPortalSession(client, {
      stripeCustomerId,
      returnUrl: `${handlerUrl}${portalReturnPath}?visit=${visit}`,
      ...begin,
      idempotencyKey:
        click === undefined ? change.key("portal") : toIdempotencyKey("portal", customerId, click),
    });
    return { url };
  });
}

async function toFlow(
  app: App,
  customerId: string,
  type: PortalBody["flow"] | undefined,
): Promise<Pick<PortalInput, "flow" | "configurationId">> {
  if (type === undefined) return { flow: null, configurationId: null };
  if (type === "update_card") return { flow: { type }, configurationId: null };
  const rows = await app.database.query((orm) => listSubscriptionRows(orm, customerId));
  const giving = rows.filter(({ status }) => isGiving(status));
  const current = giving.find(({ group }) => group !== null) ?? giving[0];
  if (current === undefined) {
    throw new PayKitError("INPUT_INVALID", "This customer has no subscription to change.");
  }
  const { subscriptionId } = current;
  const flow = { type, subscriptionId };
  if (type === "cancel") return { flow, configurationId: null };
  const items = rows.filter((row) => row.subscriptionId === subscriptionId);
  if (current.group !== null && items.length === 1) {
    return { flow, configurationId: await toConfiguration(app, current) };
  }
  throw new PayKitError(
    "INPUT_INVALID",
    "Stripe's portal changes a plan without add-ons only; change this one with subscribe.",
  );
}

const mostPlans = 10;

/** The portal offers what a browser could choose: the plans of the group that are shown, in the customer's currency. */
async function toConfiguration(app: App, { group, currency }: SubscriptionRow): Promise<string> {
  const { client } = await app.gateway();
  const plans: SwitchablePlan[] = [];
  for (const product of app.catalog.products.values()) {
    if (product.kind !== "plan" || product.group !== group || product.hidden) continue;
    const prices: string[] = [];
    for (const price of product.prices) {
      if (price.currency === currency) prices.push(await ensurePrice(client, { product, price }));
    }
    if (prices.length > 0) plans.push({ product: toStripeProductId(product), prices });
  }
  return ensurePortalConfiguration(client, plans.slice(0, mostPlans));
}
