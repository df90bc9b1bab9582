import type Stripe from "stripe";
import type { BilledSubscription } from "../subscription/billed.js";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { type ItemChange, toItemParams } from "./subscriptions.js";

export interface PreviewInput {
  /** Null for somebody whom Stripe does not know yet. */
  stripeCustomerId: string | null;
  /** Null for one that does not exist yet. What it is set to end by is taken back first. */
  subscription: Pick<BilledSubscription, "id" | "cancelAt" | "cancelsByFlag"> | null;
  items: ItemChange[];
  coupon: string | null;
  /** `change`: the invoice that the change makes now. `recurring`: what every later period costs. */
  of: { kind: "change"; proratedAt: Date; restartsPeriod: boolean } | { kind: "recurring" };
}

export interface PreviewedInvoice {
  lines: { description: string; amount: number }[];
  /** Integer minor units; below 0 when more is credited than charged. */
  total: number;
}

/** What Stripe would charge; nothing is changed by asking. */
export async function previewInvoice(stripe: StripeClient, input: PreviewInput): Promise<PreviewedInvoice> {
  const { stripeCustomerId, subscription, coupon } = input;
  const params: Stripe.InvoiceCreatePreviewParams = {
    ...(stripeCustomerId === null ? {} : { customer: stripeCustomerId }),
    ...(subscription === null ? {} : { subscription: subscription.id }),
    subscription_details: {
      items: toItemParams(input.items),
      ...toProration(input),
      ...toResumed(subscription),
    },
    ...(coupon === null ? {} : { discounts: [{ coupon }] }),
    ...(input.of.kind === "recurring" ? { preview_mode: "recurring" as const } : {}),
  };
  const invoice = await callStripe(() => stripe.invoices.createPreview(params));
  return {
    lines: invoice.lines.data.map(({ description, amount }) => ({ description: description ?? "", amount })),
    total: invoice.total,
  };
}

/** The same words as `changeItems` uses, so that both come to the same amount. */
function toProration({ of, subscription }: PreviewInput) {
  if (of.kind === "recurring" || subscription === null) return {};
  return {
    proration_behavior: "always_invoice" as const,
    ...(of.restartsPeriod
      ? { billing_cycle_anchor: { type: "now" as const } }
      : { proration_date: Math.floor(of.proratedAt.getTime() / 1000) }),
  };
}

/** Whatever is previewed goes on afterwards; of one that ends Stripe says that there is no next invoice. */
function toResumed(subscription: PreviewInput["subscription"]) {
  if (subscription === null || subscription.cancelAt === null) return {};
  return subscription.cancelsByFlag ? { cancel_at_period_end: false } : { cancel_at: "" as const };
}
