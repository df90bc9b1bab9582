import type { Shipping } from "./customer.js";
import type { Address, Metadata } from "./values.js";

export type CheckoutLineItem = {
  id: string;
  object: "item";
  adjustable_quantity: { enabled: boolean; maximum: number | null; minimum: number | null } | null;
  amount_discount: number;
  amount_subtotal: number;
  amount_tax: number;
  amount_total: number;
  currency: string;
  description: string | null;
  metadata: Metadata;
  price: string;
  quantity: number | null;
};

export type CheckoutMode = "subscription" | "payment" | "setup";

export type CheckoutSession = {
  id: string;
  object: "checkout.session";
  adaptive_pricing: { enabled: boolean } | null;
  after_expiration: {
    recovery: {
      allow_promotion_codes: boolean;
      enabled: boolean;
      expires_at: number | null;
      url: string | null;
    } | null;
  } | null;
  allow_promotion_codes: boolean | null;
  allowed_payment_method_types: readonly string[] | null;
  amount_subtotal: number | null;
  amount_total: number | null;
  automatic_tax: { enabled: boolean; liability: null; provider: null; status: null };
  billing_address_collection: "auto" | "required" | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  client_secret: string | null;
  collected_information: {
    business_name: string | null;
    individual_name: string | null;
    shipping_details: { address: Address; name: string } | null;
  } | null;
  consent: { promotions: "opt_in" | "opt_out" | null; terms_of_service: "accepted" | null } | null;
  consent_collection: {
    payment_method_reuse_agreement: { position: "auto" | "hidden" } | null;
    promotions: "auto" | "none" | null;
    terms_of_service: "none" | "required" | null;
  } | null;
  created: number;
  currency: string | null;
  currency_conversion: null;
  custom_fields: readonly CustomField[];
  custom_text: {
    after_submit: { message: string } | null;
    shipping_address: { message: string } | null;
    submit: { message: string } | null;
    terms_of_service_acceptance: { message: string } | null;
  };
  customer: string | null;
  customer_account: null;
  customer_creation: "always" | "if_required" | null;
  customer_details: {
    address: Address | null;
    business_name: string | null;
    email: string | null;
    individual_name: string | null;
    name: string | null;
    phone: string | null;
    tax_exempt: "none" | "exempt" | "reverse" | null;
    tax_ids: readonly never[] | null;
  } | null;
  customer_email: string | null;
  discounts: readonly { coupon: string | null; promotion_code: string | null }[];
  expires_at: number;
  integration_identifier: string | null;
  invoice: string | null;
  invoice_creation: {
    enabled: boolean;
    invoice_data: {
      account_tax_ids: null;
      custom_fields: readonly { name: string; value: string }[] | null;
      description: string | null;
      footer: string | null;
      issuer: null;
      metadata: Metadata;
      rendering_options: null;
    };
  } | null;
  livemode: false;
  locale: string | null;
  managed_payments: null;
  metadata: Metadata;
  mode: CheckoutMode;
  origin_context: null;
  payment_intent: string | null;
  payment_link: null;
  payment_method_collection: "always" | "if_required" | null;
  payment_method_configuration_details: null;
  payment_method_options: Readonly<Record<string, unknown>>;
  payment_method_types: readonly string[];
  payment_status: "paid" | "unpaid" | "no_payment_required";
  permissions: null;
  phone_number_collection: { enabled: boolean };
  recovered_from: string | null;
  redirect_on_completion?: "always" | "if_required" | "never";
  return_url?: string;
  saved_payment_method_options: {
    allow_redisplay_filters: readonly string[] | null;
    payment_method_remove: "enabled" | "disabled" | null;
    payment_method_save: "enabled" | "disabled" | null;
  } | null;
  setup_intent: string | null;
  shipping_address_collection: { allowed_countries: readonly string[] } | null;
  shipping_cost: null;
  shipping_options: readonly never[];
  status: "open" | "complete" | "expired";
  submit_type: string | null;
  subscription: string | null;
  success_url: string | null;
  total_details: { amount_discount: number; amount_shipping: number | null; amount_tax: number } | null;
  ui_mode: "hosted_page" | "embedded_page" | "elements" | "form";
  url: string | null;
  wallet_options: null;
  hidden: CheckoutPlan;
};

export type CustomField = {
  dropdown?: {
    default_value: string | null;
    options: readonly { label: string; value: string }[];
    value: string | null;
  };
  key: string;
  label: { custom: string | null; type: "custom" };
  numeric?: TextField;
  optional: boolean;
  text?: TextField;
  type: "dropdown" | "numeric" | "text";
};

type TextField = {
  default_value: string | null;
  maximum_length: number | null;
  minimum_length: number | null;
  value: string | null;
};

/** What a session is to make once it is paid; the API shows none of it. */
export type CheckoutPlan = {
  lineItems: readonly string[];
  subscriptionData: Readonly<Record<string, unknown>>;
  paymentIntentData: Readonly<Record<string, unknown>>;
  setupIntentData: Readonly<Record<string, unknown>>;
  customerUpdate: Readonly<Record<string, unknown>>;
  /** The payment that stands before a 3D Secure step. */
  awaiting: { paymentMethod: string; entry: Readonly<Record<string, unknown>> } | null;
};

export type { Shipping };
