import type { PortalBody } from "../contract/index.js";
import { PayKitError } from "../contract/index.js";
import { listSubscriptionRows } from "../database/subscription.js";
import { toIdempotencyKey } from "../stripe/idempotency-key.js";
import { createPortalSession, type PortalInput } from "../stripe/portal.js";
import { isGiving } from "../subscription/status.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { ensureStripeCustomer, getKnownCustomer } from "./ensure-stripe-customer.js";
import { toReturnUrls } from "./return-urls.js";
import { withChange } from "./with-change.js";

export interface PortalRequest {
  customerId: string;
  /** Where the person goes afterwards: a path or a URL. Default "/". */
  returnUrl?: string | undefined;
  /** Where in the portal to begin. */
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
  const { successUrl } = await toReturnUrls(app, { successUrl: returnUrl }, caller);
  const customer = await getKnownCustomer(app, customerId);
  await assertAuthorized(app, { customer, action: "portal", product: null, caller });
  return withChange({ database: app.database, customerId }, async (change) => {
    const begin = await toFlow(app, customerId, flow);
    const { stripeCustomerId } = await ensureStripeCustomer(app, customerId);
    const { client } = await app.gateway();
    const url = await createPortalSession(client, {
      stripeCustomerId,
      returnUrl: successUrl,
      flow: begin,
      idempotencyKey:
        click === undefined ? change.key("portal") : toIdempotencyKey("portal", customerId, click),
    });
    return { url };
  });
}

async function toFlow(
  app: App,
  customerId: string,
  flow: PortalBody["flow"] | undefined,
): Promise<PortalInput["flow"]> {
  if (flow === undefined) return null;
  if (flow === "update_card") return { type: flow };
  const rows = await app.database.query((orm) => listSubscriptionRows(orm, customerId));
  const current = rows.find(({ status }) => isGiving(status));
  if (current === undefined) {
    throw new PayKitError("INPUT_INVALID", "This customer has no subscription to change.");
  }
  return { type: flow, subscriptionId: current.subscriptionId };
}
