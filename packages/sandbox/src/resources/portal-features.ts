import type { MetadataChange } from "../wire/metadata.js";
import type { PortalFeatures } from "../world/objects/portal.js";

const REASONS = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
];

type Loose<T> = {
  [K in keyof T]?: T[K] | null;
};

export type ConfigurationParams = {
  active?: boolean;
  business_profile?: {
    headline?: string | null;
    privacy_policy_url?: string | null;
    terms_of_service_url?: string | null;
  };
  default_return_url?: string | null;
  features?: {
    customer_update?: Loose<PortalFeatures["customer_update"]>;
    invoice_history?: Loose<PortalFeatures["invoice_history"]>;
    payment_method_update?: Loose<PortalFeatures["payment_method_update"]>;
    subscription_cancel?: {
      enabled?: boolean;
      mode?: PortalFeatures["subscription_cancel"]["mode"];
      proration_behavior?: PortalFeatures["subscription_cancel"]["proration_behavior"];
      cancellation_reason?: { enabled?: boolean; options?: string[] | null };
    };
    subscription_pause?: {
      enabled?: boolean;
      duration?: {
        type: "indefinite" | "interval_options";
        interval_options?: PortalFeatures["subscription_pause"]["duration"]["interval_options"];
      };
    };
    subscription_update?: {
      enabled?: boolean;
      billing_cycle_anchor?: "now" | "unchanged" | null;
      default_allowed_updates?: string[] | null;
      products?:
        | {
            product: string;
            prices: string[];
            adjustable_quantity?: { enabled: boolean; maximum?: number; minimum?: number };
          }[]
        | null;
      proration_behavior?: PortalFeatures["subscription_update"]["proration_behavior"];
      schedule_at_period_end?: {
        conditions?: PortalFeatures["subscription_update"]["schedule_at_period_end"]["conditions"] | null;
      };
      trial_update_behavior?: PortalFeatures["subscription_update"]["trial_update_behavior"];
    };
  };
  login_page?: { enabled: boolean };
  metadata?: MetadataChange;
  name?: string | null;
};

/** What the account's configuration allows until somebody says otherwise: everything but changes of plan. */
export const EVERYTHING: ConfigurationParams = {
  features: {
    customer_update: { enabled: true, allowed_updates: ["name", "email", "phone", "address"] },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: "at_period_end" },
  },
};

export const NO_FEATURES: PortalFeatures = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: REASONS },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: "unchanged",
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "end_trial",
  },
};

export function mergeFeatures(
  before: PortalFeatures,
  given: ConfigurationParams["features"] = {},
): PortalFeatures {
  const {
    customer_update,
    invoice_history,
    payment_method_update,
    subscription_cancel,
    subscription_pause,
    subscription_update,
  } = given;
  return {
    customer_update: {
      allowed_updates: customer_update?.allowed_updates ?? before.customer_update.allowed_updates,
      enabled: customer_update?.enabled ?? before.customer_update.enabled,
    },
    invoice_history: { enabled: invoice_history?.enabled ?? before.invoice_history.enabled },
    payment_method_update: {
      ...before.payment_method_update,
      enabled: payment_method_update?.enabled ?? before.payment_method_update.enabled,
    },
    subscription_cancel: {
      cancellation_reason: {
        ...before.subscription_cancel.cancellation_reason,
        enabled:
          subscription_cancel?.cancellation_reason?.enabled ??
          before.subscription_cancel.cancellation_reason.enabled,
        options:
          subscription_cancel?.cancellation_reason?.options ??
          before.subscription_cancel.cancellation_reason.options,
      },
      enabled: subscription_cancel?.enabled ?? before.subscription_cancel.enabled,
      mode: subscription_cancel?.mode ?? before.subscription_cancel.mode,
      proration_behavior:
        subscription_cancel?.proration_behavior ?? before.subscription_cancel.proration_behavior,
    },
    subscription_pause: {
      duration: subscription_pause?.duration
        ? {
            interval_options: subscription_pause.duration.interval_options ?? [
              { interval: "month", interval_count: 1 },
            ],
            type: subscription_pause.duration.type,
          }
        : before.subscription_pause.duration,
      enabled: subscription_pause?.enabled ?? before.subscription_pause.enabled,
    },
    subscription_update: mergeUpdate(before.subscription_update, subscription_update),
  };
}

function mergeUpdate(
  before: PortalFeatures["subscription_update"],
  given: NonNullable<ConfigurationParams["features"]>["subscription_update"] = {},
): PortalFeatures["subscription_update"] {
  return {
    billing_cycle_anchor: given.billing_cycle_anchor ?? before.billing_cycle_anchor,
    default_allowed_updates: given.default_allowed_updates ?? before.default_allowed_updates,
    enabled: given.enabled ?? before.enabled,
    products:
      given.products?.map(({ product, prices, adjustable_quantity: quantity }) => ({
        adjustable_quantity: {
          enabled: quantity?.enabled ?? false,
          maximum: quantity?.maximum ?? null,
          minimum: quantity?.minimum ?? 1,
        },
        prices,
        product,
      })) ?? before.products,
    proration_behavior: given.proration_behavior ?? before.proration_behavior,
    schedule_at_period_end: {
      conditions: given.schedule_at_period_end?.conditions ?? before.schedule_at_period_end.conditions,
    },
    trial_update_behavior: given.trial_update_behavior ?? before.trial_update_behavior,
  };
}
