import type { CancelAtWord } from "../engine/cancel-at.js";
import type { Instant } from "../engine/instant.js";
import { invalid } from "../wire/errors.js";
import type { Subscription } from "../world/objects/subscription.js";
import type {
  CollectionMethod,
  Metadata,
  PaymentBehavior,
  ProrationBehavior,
} from "../world/objects/values.js";
import type { ItemChange } from "./apply-items.js";
import type { DiscountRequest } from "./discounts.js";

/** What a request changes of a subscription; what is left out stays. Null unsets. */
export type SubscriptionUpdate = {
  items?: readonly ItemChange[];
  anchor?: "now" | "unchanged";
  prorationBehavior?: ProrationBehavior;
  prorationDate?: Instant;
  paymentBehavior?: PaymentBehavior;
  trialEnd?: Instant | "now";
  cancelAtPeriodEnd?: boolean;
  cancelAt?: Instant | CancelAtWord | null;
  cancellationDetails?: Partial<Pick<Subscription["cancellation_details"], "comment" | "feedback">>;
  collectionMethod?: CollectionMethod;
  daysUntilDue?: number;
  defaultPaymentMethod?: string | null;
  description?: string | null;
  discounts?: readonly DiscountRequest[] | null;
  metadata?: Metadata;
  pauseCollection?: Subscription["pause_collection"];
  paymentSettings?: Partial<Subscription["payment_settings"]>;
  invoiceSettings?: Partial<Subscription["invoice_settings"]>;
  trialSettings?: Partial<Subscription["trial_settings"]["end_behavior"]>;
  pendingInvoiceItemInterval?: Subscription["pending_invoice_item_interval"];
  /** One-off lines, billed with the invoice of the update or the next one. */
  extraItems?: (subscription: Subscription) => void;
  isOffSession?: boolean;
};

export function changesTerms({ items, anchor, trialEnd, extraItems }: SubscriptionUpdate): boolean {
  return items !== undefined || anchor === "now" || trialEnd !== undefined || extraItems !== undefined;
}

/** Before its first payment and after its end, little of a subscription can be changed. */
export function requireEditable({ status }: Subscription, update: SubscriptionUpdate): void {
  const touched = Object.keys(update).filter((key) => update[key as keyof SubscriptionUpdate] !== undefined);
  if (status === "canceled" || status === "incomplete_expired") {
    const allowed = ["metadata", "cancellationDetails", "prorationBehavior", "paymentBehavior"];
    if (touched.every((key) => allowed.includes(key))) return;
    throw invalid("A canceled subscription can only update its cancellation_details and metadata.", {
      code: "invalid_canceled_subscription_fields",
    });
  }
  if (status === "incomplete" && changesTerms(update)) {
    throw invalid("An incomplete subscription can't be changed until its first invoice is paid.");
  }
}
