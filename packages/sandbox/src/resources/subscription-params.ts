import type { DiscountRequest } from "../billing/discounts.js";
import type { CancelAtWord } from "../engine/cancel-at.js";
import type { MetadataChange } from "../wire/metadata.js";
import type { BillingMode, InvoiceDefaults, Subscription } from "../world/objects/subscription.js";
import type { CollectionMethod, PaymentBehavior, ProrationBehavior } from "../world/objects/values.js";
import type { ExtraItemParams, ItemParams } from "./item-params.js";

export type CreateParams = SharedParams & {
  customer?: string;
  billing_cycle_anchor?: number;
  billing_cycle_anchor_config?: {
    day_of_month: number;
    hour?: number;
    minute?: number;
    month?: number;
    second?: number;
  };
  billing_mode?: { type: BillingMode["type"]; flexible?: BillingMode["flexible"] };
  currency?: string;
  trial_period_days?: number;
};

type SharedParams = {
  add_invoice_items?: ExtraItemParams[];
  cancel_at?: number | CancelAtWord | null;
  cancel_at_period_end?: boolean;
  collection_method?: CollectionMethod;
  days_until_due?: number;
  default_payment_method?: string;
  description?: string | null;
  discounts?: DiscountRequest[] | null;
  invoice_settings?: {
    custom_fields?: InvoiceDefaults["custom_fields"];
    description?: string;
    footer?: string;
  };
  items?: ItemParams[];
  metadata?: MetadataChange;
  off_session?: boolean;
  payment_behavior?: PaymentBehavior;
  payment_settings?: {
    payment_method_types?: string[] | null;
    save_default_payment_method?: "off" | "on_subscription";
  };
  pending_invoice_item_interval?: Subscription["pending_invoice_item_interval"];
  proration_behavior?: ProrationBehavior;
  trial_end?: number | "now";
  trial_from_plan?: boolean;
  trial_settings?: { end_behavior: Partial<Subscription["trial_settings"]["end_behavior"]> };
};

export type UpdateParams = SharedParams & {
  billing_cycle_anchor?: { type: "now" | "unchanged" };
  cancellation_details?: { comment?: string | null; feedback?: string | null };
  pause_collection?: {
    behavior: "keep_as_draft" | "mark_uncollectible" | "void";
    resumes_at?: number;
  } | null;
  proration_date?: number;
};
