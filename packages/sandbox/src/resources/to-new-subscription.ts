import type { NewSubscription } from "../billing/create-subscription.js";
import { definedOnly } from "../wire/defined-only.js";
import { mergeMetadata } from "../wire/metadata.js";
import type { World } from "../world/world.js";
import { toBillingMode } from "./billing-mode-params.js";
import { requireCustomer } from "./find-customer.js";
import { addExtraItems, toItemChange } from "./item-params.js";
import { ownMethod } from "./own-method.js";
import type { CreateParams } from "./subscription-params.js";
import { trialOf } from "./trial-params.js";

export function toNewSubscription(world: World, params: CreateParams): NewSubscription {
  const customer = requireCustomer(world, params.customer);
  const items = (params.items ?? []).map((item, index) => toItemChange(world, item, index));
  const config = params.billing_cycle_anchor_config;
  const extra = params.add_invoice_items ?? [];
  return {
    customer: customer.id,
    items,
    trialEnd: trialOf(world, customer.id, params),
    anchor: params.billing_cycle_anchor ?? null,
    anchorSettings: config
      ? {
          day_of_month: config.day_of_month,
          hour: config.hour ?? null,
          minute: config.minute ?? null,
          month: config.month ?? null,
          second: config.second ?? null,
        }
      : null,
    ...(params.billing_mode ? { billingMode: toBillingMode(params.billing_mode) } : {}),
    ...definedOnly({
      prorationBehavior: params.proration_behavior,
      paymentBehavior: params.payment_behavior,
      collectionMethod: params.collection_method,
      daysUntilDue: params.days_until_due,
      cancelAt: params.cancel_at,
      cancelAtPeriodEnd: params.cancel_at_period_end,
      description: params.description,
      trialSettings: params.trial_settings?.end_behavior,
      paymentSettings: params.payment_settings,
      invoiceSettings: params.invoice_settings,
      pendingInvoiceItemInterval: params.pending_invoice_item_interval,
      isOffSession: params.off_session,
    }),
    defaultPaymentMethod: ownMethod(world, customer.id, params.default_payment_method),
    discounts: params.discounts ?? [],
    metadata: mergeMetadata({}, params.metadata),
    ...(extra.length === 0
      ? {}
      : { extraItems: (subscription) => addExtraItems(world, subscription, extra) }),
  };
}
