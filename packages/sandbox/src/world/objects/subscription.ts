import type { Interval } from "../../engine/cadence.js";
import type { ApiList, CollectionMethod, Metadata } from "./values.js";

export type SubscriptionItem = {
  id: string;
  object: "subscription_item";
  billing_thresholds: { usage_gte: number | null } | null;
  created: number;
  current_period_end: number;
  current_period_start: number;
  current_trial: null;
  discounts: readonly string[];
  metadata: Metadata;
  price: string;
  /** Left out for metered prices. */
  quantity?: number;
  subscription: string;
  tax_rates: readonly never[];
};

export type SubscriptionStatus =
  | "incomplete"
  | "incomplete_expired"
  | "trialing"
  | "active"
  | "past_due"
  | "unpaid"
  | "canceled"
  | "paused";

export type PauseReason =
  | "pause_requested"
  | "trial_end_without_payment_method"
  | "first_payment_failure"
  | "final_payment_failure";

export type AnchorSettings = {
  day_of_month: number;
  hour: number | null;
  minute: number | null;
  month: number | null;
  second: number | null;
};

export type BillingMode = {
  flexible: { proration_discounts?: "included" | "itemized" } | null;
  type: "classic" | "flexible";
  updated_at?: number;
};

export type CancellationDetails = {
  comment: string | null;
  feedback: string | null;
  feedback_option: null;
  reason: "cancellation_requested" | "payment_failed" | "payment_disputed" | null;
};

export type InvoiceDefaults = {
  account_tax_ids: null;
  custom_fields: readonly { name: string; value: string }[] | null;
  description: string | null;
  footer: string | null;
  issuer: { type: "self" };
};

export type PendingUpdate = {
  billing_cycle_anchor: number | null;
  cancel_at_period_end: boolean | null;
  discount: null;
  discounts: readonly string[] | null;
  expires_at: number;
  metadata: Metadata | null;
  subscription_items: readonly unknown[] | null;
  trial_end: number | null;
  trial_from_plan: boolean | null;
};

export type Subscription = {
  id: string;
  object: "subscription";
  application: null;
  application_fee_percent: null;
  automatic_tax: { disabled_reason: null; enabled: boolean; liability: null };
  billing_cycle_anchor: number;
  billing_cycle_anchor_config: AnchorSettings | null;
  billing_mode: BillingMode;
  billing_schedules: readonly never[];
  billing_thresholds: { amount_gte: number | null; reset_billing_cycle_anchor: boolean | null } | null;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  cancellation_details: CancellationDetails;
  collection_method: CollectionMethod;
  created: number;
  currency: string;
  customer: string;
  customer_account: null;
  days_until_due: number | null;
  default_payment_method: string | null;
  default_source: null;
  default_tax_rates: readonly never[];
  description: string | null;
  discounts: readonly string[];
  ended_at: number | null;
  invoice_settings: InvoiceDefaults;
  /** Ids of the items; the API shows the items themselves. */
  items: ApiList<string>;
  latest_invoice: string | null;
  livemode: false;
  managed_payments: null;
  metadata: Metadata;
  next_pending_invoice_item_invoice: number | null;
  on_behalf_of: null;
  pause_collection: {
    behavior: "keep_as_draft" | "mark_uncollectible" | "void";
    resumes_at: number | null;
  } | null;
  payment_settings: {
    payment_method_options: null;
    payment_method_types: readonly string[] | null;
    save_default_payment_method: "off" | "on_subscription";
  };
  pending_invoice_item_interval: { interval: Interval; interval_count: number } | null;
  pending_setup_intent: string | null;
  pending_update: PendingUpdate | null;
  schedule: string | null;
  start_date: number;
  status: SubscriptionStatus;
  status_details?: {
    paused: { subscription: { type: PauseReason }; transitioned_at: number; type: "subscription" };
  };
  test_clock: string | null;
  transfer_data: null;
  trial_end: number | null;
  trial_settings: {
    end_behavior: {
      billing_cycle_anchor: "now" | "unchanged";
      missing_payment_method: "cancel" | "create_invoice" | "pause";
    };
  };
  trial_start: number | null;
  hidden: {
    /** The instants of notices that were sent already, so that each is sent once. */
    trialNoticeFor: number | null;
    upcomingNoticeFor: number | null;
    /** Debits (lines of invoices, pending items) whose rest was given back. */
    credited: readonly string[];
    /** The change and the invoice that a pending update waits for. */
    pendingInvoice: string | null;
    pendingChange: unknown;
    /** The day of the month that a clamped anchor aims at. */
    anchorDay: number | null;
    /** The invoice whose payment resumes it; `isTried` when the sandbox itself tries to take that payment. */
    resumption: { invoice: string; isTried: boolean } | null;
    /** Its `cancel_at` was set by a schedule, and goes when the schedule lets go. */
    endsBySchedule: boolean;
  };
};
