import type { MetadataChange } from "../wire/metadata.js";
import type { CheckoutMode, CheckoutSession } from "../world/objects/checkout.js";
import type { CustomFieldParams } from "./session-custom-fields.js";
import type { LineParams } from "./session-lines.js";

export type SessionParams = {
  after_expiration?: { recovery?: { enabled: boolean; allow_promotion_codes?: boolean } };
  allow_promotion_codes?: boolean;
  allowed_payment_method_types?: string[];
  billing_address_collection?: CheckoutSession["billing_address_collection"];
  cancel_url?: string;
  client_reference_id?: string;
  consent_collection?: Partial<NonNullable<CheckoutSession["consent_collection"]>>;
  currency?: string;
  custom_fields?: CustomFieldParams[];
  custom_text?: Partial<CheckoutSession["custom_text"]>;
  customer?: string;
  customer_creation?: "always" | "if_required";
  customer_email?: string;
  customer_update?: Record<string, string>;
  discounts?: { coupon?: string; promotion_code?: string }[];
  expires_at?: number;
  invoice_creation?: {
    enabled: boolean;
    invoice_data?: {
      custom_fields?: { name: string; value: string }[] | null;
      description?: string;
      footer?: string;
      metadata?: MetadataChange;
    };
  };
  line_items?: LineParams[];
  locale?: string;
  metadata?: MetadataChange;
  mode?: CheckoutMode;
  payment_intent_data?: Record<string, unknown>;
  payment_method_collection?: "always" | "if_required";
  phone_number_collection?: { enabled: boolean };
  redirect_on_completion?: "always" | "if_required" | "never";
  return_url?: string;
  saved_payment_method_options?: Partial<NonNullable<CheckoutSession["saved_payment_method_options"]>>;
  setup_intent_data?: Record<string, unknown>;
  shipping_address_collection?: { allowed_countries: string[] };
  submit_type?: string;
  subscription_data?: Record<string, unknown>;
  success_url?: string;
  ui_mode?: CheckoutSession["ui_mode"];
};
