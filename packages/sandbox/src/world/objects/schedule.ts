import type { BillingMode, InvoiceDefaults } from "./subscription.js";
import type { CollectionMethod, Metadata, ProrationBehavior } from "./values.js";

export type ScheduleDiscount = {
  coupon: string | null;
  discount: string | null;
  promotion_code: string | null;
};

export type PhaseItem = {
  billing_thresholds: null;
  discounts: readonly ScheduleDiscount[];
  metadata: Metadata;
  plan: string;
  price: string;
  quantity?: number;
  tax_rates: readonly never[];
};

type PhaseInvoiceItem = {
  discountable: boolean | null;
  discounts: readonly ScheduleDiscount[];
  metadata: Metadata;
  period: { end: { timestamp?: number; type: string }; start: { timestamp?: number; type: string } };
  price: string;
  quantity: number | null;
  tax_rates: readonly never[];
};

export type Phase = {
  add_invoice_items: readonly PhaseInvoiceItem[];
  application_fee_percent: null;
  billing_cycle_anchor: "automatic" | "phase_start" | null;
  billing_thresholds: null;
  collection_method: CollectionMethod | null;
  currency: string;
  default_payment_method: string | null;
  default_tax_rates: readonly never[];
  description: string | null;
  discounts: readonly ScheduleDiscount[];
  end_date: number;
  invoice_settings: null;
  items: readonly PhaseItem[];
  metadata: Metadata;
  on_behalf_of: null;
  proration_behavior: ProrationBehavior;
  start_date: number;
  transfer_data: null;
  trial_end: number | null;
};

export type SubscriptionSchedule = {
  id: string;
  object: "subscription_schedule";
  application: null;
  billing_mode: BillingMode;
  canceled_at: number | null;
  completed_at: number | null;
  created: number;
  current_phase: { end_date: number; start_date: number } | null;
  customer: string;
  customer_account: null;
  default_settings: {
    application_fee_percent: null;
    automatic_tax: { disabled_reason: null; enabled: boolean; liability: null };
    billing_cycle_anchor: "automatic" | "phase_start";
    billing_thresholds: null;
    collection_method: CollectionMethod;
    default_payment_method: string | null;
    description: string | null;
    invoice_settings: InvoiceDefaults & { days_until_due: number | null };
    on_behalf_of: null;
    transfer_data: null;
  };
  end_behavior: "release" | "cancel";
  livemode: false;
  metadata: Metadata;
  pause_schedules: readonly PauseSchedule[];
  phases: readonly Phase[];
  released_at: number | null;
  released_subscription: string | null;
  status: "not_started" | "active" | "completed" | "released" | "canceled";
  subscription: string | null;
  test_clock: string | null;
  hidden: {
    /** When `subscription_schedule.expiring` is to be sent; null once it was, and when it is too late for it. */
    expiryNoticeAt: number | null;
  };
};

/** A pause at an instant to come, and when it is to end. */
export type PauseSchedule = {
  key: string;
  pause: {
    pause_at: number;
    /** Null when the subscription was paused already. */
    settings: {
      bill_for: {
        outstanding_usage_through: { type: "none" | "pause_at" };
        unused_time_from: { type: "item_current_period_start" | "none" | "pause_at" };
      };
      invoicing_behavior: "invoice" | "pending_invoice_item";
      type: "subscription";
    } | null;
    status: { error?: { message: string }; type: "error" | "scheduled" | "succeeded" };
  };
  resume: {
    resume_at: number;
    settings: {
      billing_cycle_anchor: "resume_at" | "unchanged";
      payment_behavior: "resume_on_payment_attempt" | "resume_on_payment_success";
      proration_behavior: ProrationBehavior;
    };
    status: {
      error?: { message: string };
      type: "error" | "pending" | "requires_action" | "scheduled" | "succeeded";
    };
  } | null;
};
