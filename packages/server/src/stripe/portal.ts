import type Stripe from "stripe";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import type { IdempotencyKey } from "./idempotency-key.js";

export interface PortalInput {
  stripeCustomerId: string;
  returnUrl: string;
  /** Where in the portal to begin; null is its first page. */
  flow: { type: "update_card" } | { type: "cancel" | "switch_plan"; subscriptionId: string } | null;
  /** What the portal allows; null leaves it to the team's own settings at Stripe. */
  configurationId: string | null;
  idempotencyKey: IdempotencyKey;
}

/** A short-lived link to Stripe's own pages for cards, invoices and cancelling. */
export async function createPortalSession(stripe: StripeClient, input: PortalInput): Promise<string> {
  const { flow, returnUrl, stripeCustomerId, configurationId, idempotencyKey } = input;
  const params: Stripe.BillingPortal.SessionCreateParams = {
    customer: stripeCustomerId,
    return_url: returnUrl,
    ...(configurationId === null ? {} : { configuration: configurationId }),
    ...(flow === null ? {} : { flow_data: { ...toFlowData(flow), after_completion: toRedirect(returnUrl) } }),
  };
  const session = await callStripe(() =>
    createOnce(stripe.billingPortal.sessions, { params, idempotencyKey }),
  );
  return session.url;
}

function toFlowData(flow: NonNullable<PortalInput["flow"]>) {
  if (flow.type === "update_card") return { type: "payment_method_update" as const };
  const subscription = flow.subscriptionId;
  return flow.type === "cancel"
    ? { type: "subscription_cancel" as const, subscription_cancel: { subscription } }
    : { type: "subscription_update" as const, subscription_update: { subscription } };
}

function toRedirect(return_url: string) {
  return { type: "redirect" as const, redirect: { return_url } };
}
