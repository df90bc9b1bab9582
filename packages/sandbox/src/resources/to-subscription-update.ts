import { definedOnly } from "../wire/defined-only.js";
import { mergeMetadata } from "../wire/metadata.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { findSubscription } from "./find-subscription.js";
import { addExtraItems, toItemChange } from "./item-params.js";
import { ownMethod } from "./own-method.js";
import type { UpdateParams } from "./subscription-params.js";

export function cancellationDetails({
  comment,
  feedback,
}: {
  comment?: string | null;
  feedback?: string | null;
}) {
  return definedOnly({ comment, feedback });
}

export function toSubscriptionUpdate(world: World, id: string, params: UpdateParams) {
  const before = findSubscription(world, id);
  const extra = params.add_invoice_items ?? [];
  return definedOnly({
    items: params.items?.map((item, index) => toItemChange(world, item, index)),
    anchor: params.billing_cycle_anchor?.type,
    prorationBehavior: params.proration_behavior,
    prorationDate: params.proration_date,
    paymentBehavior: params.payment_behavior,
    trialEnd: params.trial_end,
    cancelAtPeriodEnd: params.cancel_at_period_end,
    cancelAt: params.cancel_at,
    cancellationDetails: params.cancellation_details
      ? cancellationDetails(params.cancellation_details)
      : undefined,
    collectionMethod: params.collection_method,
    daysUntilDue: params.days_until_due,
    defaultPaymentMethod:
      params.default_payment_method === undefined
        ? undefined
        : ownMethod(world, before.customer, params.default_payment_method || undefined),
    description: params.description,
    discounts: params.discounts,
    metadata: params.metadata === undefined ? undefined : mergeMetadata(before.metadata, params.metadata),
    pauseCollection: params.pause_collection && {
      behavior: params.pause_collection.behavior,
      resumes_at: params.pause_collection.resumes_at ?? null,
    },
    paymentSettings: params.payment_settings,
    invoiceSettings: params.invoice_settings,
    trialSettings: params.trial_settings?.end_behavior,
    pendingInvoiceItemInterval: params.pending_invoice_item_interval,
    extraItems:
      extra.length === 0
        ? undefined
        : (subscription: Subscription) => addExtraItems(world, subscription, extra),
    isOffSession: params.off_session,
  });
}
