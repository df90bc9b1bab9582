import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { applyEnd } from "./change-end.js";
import { applyDiscounts, type DiscountRequest, endDiscount } from "./discounts.js";
import type { SubscriptionUpdate } from "./subscription-update.js";

/** The parts that cost nothing. */
export function applyFields(world: World, id: string, update: SubscriptionUpdate): void {
  const before = world.get("subscription", id);
  const collectionMethod = update.collectionMethod ?? before.collection_method;
  world.change("subscription", id, {
    collection_method: collectionMethod,
    days_until_due:
      collectionMethod === "send_invoice" ? (update.daysUntilDue ?? before.days_until_due ?? 30) : null,
    default_payment_method: given(update.defaultPaymentMethod, before.default_payment_method),
    description: given(update.description, before.description),
    invoice_settings: { ...before.invoice_settings, ...update.invoiceSettings },
    metadata: update.metadata ?? before.metadata,
    pause_collection: given(update.pauseCollection, before.pause_collection),
    payment_settings: { ...before.payment_settings, ...update.paymentSettings },
    pending_invoice_item_interval: given(
      update.pendingInvoiceItemInterval,
      before.pending_invoice_item_interval,
    ),
    trial_settings: { end_behavior: { ...before.trial_settings.end_behavior, ...update.trialSettings } },
    cancellation_details: { ...before.cancellation_details, ...update.cancellationDetails },
    discounts: replaceDiscounts(world, before, update.discounts),
  });
  applyEnd(world, id, update);
}

/** A list replaces, an empty one changes nothing, null clears. */
function replaceDiscounts(
  world: World,
  before: Subscription,
  discounts: readonly DiscountRequest[] | null | undefined,
): readonly string[] {
  if (discounts === undefined || discounts?.length === 0) return before.discounts;
  const next =
    discounts === null
      ? []
      : applyDiscounts(world, discounts, { customer: before.customer, subscription: before.id });
  for (const gone of before.discounts.filter((one) => !next.includes(one))) endDiscount(world, gone);
  return next;
}

function given<T>(value: T | undefined, before: T): T {
  return value === undefined ? before : value;
}
