import { createInvoice, pendingItemsFor } from "../billing/create-invoice.js";
import { createSubscription } from "../billing/create-subscription.js";
import type { DiscountRequest } from "../billing/discounts.js";
import { renewSubscription } from "../billing/renew-subscription.js";
import { itemsOf } from "../billing/track-subscription.js";
import { updateSubscription } from "../billing/update-subscription.js";
import type { CancelAtWord } from "../engine/cancel-at.js";
import { definedOnly } from "../wire/defined-only.js";
import { invalid } from "../wire/errors.js";
import { randomText } from "../world/new-id.js";
import type { ProrationBehavior } from "../world/objects/values.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./find-customer.js";
import { findSubscription } from "./find-subscription.js";
import { type ItemParams, toItemChange } from "./item-params.js";
import { trialOf } from "./trial-params.js";

export type PreviewParams = {
  customer?: string;
  currency?: string;
  discounts?: DiscountRequest[] | null;
  preview_mode?: "next" | "recurring";
  subscription?: string;
  subscription_details?: {
    billing_cycle_anchor?: { type: "now" | "unchanged" | "timestamp"; timestamp?: number };
    cancel_at?: number | CancelAtWord | null;
    cancel_at_period_end?: boolean;
    cancel_now?: boolean;
    items?: ItemParams[];
    proration_behavior?: ProrationBehavior;
    proration_date?: number;
    trial_end?: number | "now";
  };
};

/**
 * The invoice that would come next, by doing what the request describes and taking it back: a preview cannot differ from
 * the real thing. Its id begins with `upcoming_in`.
 */
export function previewInvoice(world: World, params: PreviewParams): Record<string, unknown> {
  const preview = world.rehearse(() => {
    const invoice = makeInvoice(world, params);
    return renderStored(world, world.get("invoice", invoice));
  });
  const id = `upcoming_in_${randomText(24)}`;
  const lines = preview.lines as { data: readonly Record<string, unknown>[] };
  return {
    ...preview,
    id,
    auto_advance: false,
    automatically_finalizes_at: null,
    billing_reason: params.subscription === undefined && !params.subscription_details ? "manual" : "upcoming",
    lines: {
      ...lines,
      url: `/v1/invoices/${id}/lines`,
      data: lines.data.map((line) => ({ ...line, invoice: id })),
    },
  };
}

function makeInvoice(world: World, params: PreviewParams): string {
  if (params.subscription !== undefined)
    return nextOf(world, findSubscription(world, params.subscription).id, params);
  const customer = requireCustomer(world, params.customer).id;
  if (params.subscription_details?.items) return firstOf(world, customer, params);
  const [subscription] = world
    .ofCustomer("subscription", customer)
    .filter(({ status }) => ["active", "trialing", "past_due"].includes(status));
  if (subscription) return nextOf(world, subscription.id, params);
  const pendingItems = pendingItemsFor(world, customer, null);
  if (pendingItems.length === 0) throw none(customer);
  const now = world.nowFor(customer);
  return createInvoice(world, {
    customer,
    currency: pendingItems[0]?.currency ?? "usd",
    subscription: null,
    reason: "manual",
    lines: [],
    pendingItems,
    discounts: [],
    period: { start: now, end: now },
    autoAdvance: false,
  }).id;
}

/** The first invoice of a subscription that is not there yet. */
function firstOf(world: World, customer: string, params: PreviewParams): string {
  const details = params.subscription_details ?? {};
  const { latest_invoice } = createSubscription(world, {
    customer,
    items: (details.items ?? []).map((item, index) => toItemChange(world, item, index)),
    trialEnd: trialOf(world, customer, definedOnly({ trial_end: details.trial_end })),
    paymentBehavior: "default_incomplete",
    discounts: params.discounts ?? [],
    ...definedOnly({
      prorationBehavior: details.proration_behavior,
      anchor: details.billing_cycle_anchor?.timestamp,
    }),
  });
  if (latest_invoice === null) throw none(customer);
  return latest_invoice;
}

function nextOf(world: World, id: string, params: PreviewParams): string {
  const details = params.subscription_details ?? {};
  const before = world.get("subscription", id);
  if (before.status === "canceled" || before.status === "incomplete_expired") throw none(before.customer);
  const isChange =
    details.items !== undefined ||
    details.billing_cycle_anchor !== undefined ||
    details.trial_end !== undefined;
  updateSubscription(world, id, {
    paymentBehavior: "default_incomplete",
    ...definedOnly({
      items: details.items?.map((item, index) => toItemChange(world, item, index)),
      anchor: details.billing_cycle_anchor?.type === "now" ? ("now" as const) : undefined,
      prorationBehavior:
        isChange && params.preview_mode === "recurring" ? ("none" as const) : details.proration_behavior,
      prorationDate: details.proration_date,
      trialEnd: details.trial_end,
      cancelAt: details.cancel_at,
      cancelAtPeriodEnd: details.cancel_at_period_end,
      discounts: params.discounts,
    }),
  });
  const after = world.get("subscription", id);
  // Billed at once: that invoice is the next one.
  if (after.latest_invoice !== null && after.latest_invoice !== before.latest_invoice)
    return after.latest_invoice;
  if (
    after.cancel_at !== null &&
    itemsOf(world, after).every((item) => item.current_period_end >= (after.cancel_at ?? 0))
  )
    throw none(before.customer);
  const end = Math.min(...itemsOf(world, after).map((item) => item.current_period_end));
  return world.at(world.timelineOf(before.customer), end, () => renewSubscription(world, id));
}

function none(customer: string) {
  return invalid(`No upcoming invoices for customer: ${customer}`, { code: "invoice_upcoming_none" });
}
