import type { Metadata } from "./values.js";

export type PortalFlow = {
  after_completion: {
    hosted_confirmation: { custom_message: string | null } | null;
    redirect: { return_url: string } | null;
    type: "hosted_confirmation" | "portal_homepage" | "redirect";
  };
  customer_update: Readonly<Record<string, never>> | null;
  subscription_cancel: {
    retention: { coupon_offer: { coupon: string } | null; type: "coupon_offer" } | null;
    subscription: string;
  } | null;
  subscription_pause: { subscription: string } | null;
  subscription_update: { subscription: string } | null;
  subscription_update_confirm: {
    discounts: readonly { coupon: string | null; promotion_code: string | null }[] | null;
    items: readonly { id: string | null; price: string | null; quantity?: number }[];
    subscription: string;
  } | null;
  type:
    | "customer_update"
    | "payment_method_update"
    | "subscription_cancel"
    | "subscription_pause"
    | "subscription_update"
    | "subscription_update_confirm";
};

export type PortalSession = {
  id: string;
  object: "billing_portal.session";
  configuration: string;
  created: number;
  customer: string;
  customer_account: null;
  flow: PortalFlow | null;
  livemode: false;
  locale: string | null;
  on_behalf_of: null;
  return_url: string | null;
  url: string;
};

export type PortalFeatures = {
  customer_update: { allowed_updates: readonly string[]; enabled: boolean };
  invoice_history: { enabled: boolean };
  payment_method_update: { enabled: boolean; payment_method_configuration: string | null };
  subscription_cancel: {
    cancellation_reason: { enabled: boolean; feedback_options: null; options: readonly string[] };
    enabled: boolean;
    mode: "at_period_end" | "immediately";
    proration_behavior: "none" | "create_prorations" | "always_invoice";
  };
  subscription_pause: {
    duration: {
      interval_options: readonly { interval: "day" | "week" | "month" | "year"; interval_count: number }[];
      type: "indefinite" | "interval_options";
    };
    enabled: boolean;
  };
  subscription_update: {
    billing_cycle_anchor: "now" | "unchanged" | null;
    default_allowed_updates: readonly string[];
    enabled: boolean;
    products:
      | readonly {
          adjustable_quantity: { enabled: boolean; maximum: number | null; minimum: number };
          prices: readonly string[];
          product: string;
        }[]
      | null;
    proration_behavior: "none" | "create_prorations" | "always_invoice";
    schedule_at_period_end: {
      conditions: readonly { type: "decreasing_item_amount" | "shortening_interval" }[];
    };
    trial_update_behavior: "continue_trial" | "end_trial";
  };
};

export type PortalConfiguration = {
  id: string;
  object: "billing_portal.configuration";
  active: boolean;
  application: null;
  business_profile: {
    headline: string | null;
    privacy_policy_url: string | null;
    terms_of_service_url: string | null;
  };
  created: number;
  default_return_url: string | null;
  features: PortalFeatures;
  is_default: boolean;
  livemode: false;
  login_page: { enabled: boolean; url: string | null };
  metadata: Metadata;
  name: string | null;
  updated: number;
};
