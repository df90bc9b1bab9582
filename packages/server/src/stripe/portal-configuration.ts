import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { toIdempotencyKey } from "./idempotency-key.js";
import { metadataKeys } from "./metadata.js";

/** A product at Stripe and those of its prices that may be switched to. */
export interface SwitchablePlan {
  product: string;
  prices: string[];
}

/**
 * A configuration of the portal in which a customer may choose among these plans, found or made: Stripe's own offers none.
 * What it does is what `subscribe` does: a step up is paid at once, a step down waits for the end of the period, and a
 * trial goes on. It is found by a hash of what it says, so that a changed catalog is another one.
 */
export async function ensurePortalConfiguration(
  stripe: StripeClient,
  plans: readonly SwitchablePlan[],
): Promise<string> {
  const features = toFeatures(plans);
  const hash = createHash("sha256").update(JSON.stringify(features)).digest("hex").slice(0, 32);
  const found = await findConfiguration(stripe, hash);
  if (found !== null) return found;
  const params = { features, metadata: { [metadataKeys.portal]: hash } };
  const { id } = await callStripe(() =>
    createOnce(stripe.billingPortal.configurations, {
      params,
      idempotencyKey: toIdempotencyKey("portal-configuration", hash),
    }),
  );
  return id;
}

async function findConfiguration(stripe: StripeClient, hash: string): Promise<string | null> {
  return callStripe(async () => {
    for await (const { id, metadata } of stripe.billingPortal.configurations.list({
      active: true,
      limit: 100,
    })) {
      if (metadata?.[metadataKeys.portal] === hash) return id;
    }
    return null;
  });
}

function toFeatures(
  plans: readonly SwitchablePlan[],
): Stripe.BillingPortal.ConfigurationCreateParams.Features {
  return {
    customer_update: { enabled: true, allowed_updates: ["email", "name", "address", "tax_id"] },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: "at_period_end" },
    subscription_update: {
      enabled: true,
      default_allowed_updates: ["price"],
      products: plans.map(({ product, prices }) => ({ product, prices })),
      proration_behavior: "always_invoice",
      trial_update_behavior: "continue_trial",
      schedule_at_period_end: {
        conditions: [{ type: "decreasing_item_amount" }, { type: "shortening_interval" }],
      },
    },
  };
}
