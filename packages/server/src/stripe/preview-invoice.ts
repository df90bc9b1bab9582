import type Stripe from "stripe";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { type ItemChange, toItemParams } from "./subscriptions.js";

export interface PreviewInput {
  /** Null for somebody whom Stripe does not know yet. */
  stripeCustomerId: string | null;
  /** Null for a subscription that does not exist yet. */
  subscriptionId: string | null;
  items: ItemChange[];
  coupon: string | null;
  /** `change`: the invoice that the change makes now. `recurring`: what every later period costs. */
  of: { kind: "change"; proratedAt: Date; restartsPeriod: boolean } | { kind: "recurring" };
}

export interface PreviewedInvoice {
  lines: { description: string; amount: number }[];
  /** Integer minor units; below 0 when more is credited than charged. */
  total: number;
  currency: string;
}

/** What Stripe would charge; nothing is changed by asking. */
export async function previewInvoice(stripe: StripeClient, input: PreviewInput): Promise<PreviewedInvoice> {
  const { stripeCustomerId, subscriptionId, coupon } = input;
  const params: Stripe.InvoiceCreatePreviewParams = {
    ...(stripeCustomerId === null ? {} : { customer: stripeCustomerId }),
    ...(subscriptionId === null ? {} : { subscription: subscriptionId }),
    subscription_details: { items: toItemParams(input.items), ...toProration(input) },
    ...(coupon === null ? {} : { discounts: [{ coupon }] }),
    ...(input.of.kind === "recurring" ? { preview_mode: "recurring" as const } : {}),
  };
  const invoice = await callStripe(() => stripe.invoices.createPreview(params));
  return {
    lines: invoice.lines.data.map(({ description, amount }) => ({ description: description ?? "", amount })),
    total: invoice.total,
    currency: invoice.currency,
  };
}

/** The same words as `changeItems` uses, so that both come to the same amount. */
function toProration({ of, subscriptionId }: PreviewInput) {
  if (of.kind === "recurring" || subscriptionId === null) return {};
  return {
    proration_behavior: "always_invoice" as const,
    ...(of.restartsPeriod
      ? { billing_cycle_anchor: { type: "now" as const } }
      : { proration_date: Math.floor(of.proratedAt.getTime() / 1000) }),
  };
}
