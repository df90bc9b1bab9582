import type { Shipping } from "./customer.js";
import type { Metadata } from "./values.js";

/** `last_payment_error`, `last_setup_error`; the payment method is the object as it was. */
export type PaymentError = {
  charge?: string;
  code: string;
  decline_code?: string;
  doc_url: string;
  message: string;
  param?: string;
  payment_method?: unknown;
  type: "card_error" | "invalid_request_error";
};

export type NextAction = {
  redirect_to_url: { return_url: string | null; url: string };
  type: "redirect_to_url";
};

type IntentStatus =
  | "requires_payment_method"
  | "requires_confirmation"
  | "requires_action"
  | "processing"
  | "requires_capture"
  | "succeeded"
  | "canceled";

/** What a payment intent and a setup intent have in common. */
export type SharedIntent = {
  id: string;
  allowed_payment_method_types: readonly string[] | null;
  application: null;
  automatic_payment_methods: { allow_redirects?: "always" | "never"; enabled: boolean } | null;
  cancellation_reason: string | null;
  client_secret: string;
  created: number;
  customer: string | null;
  customer_account: null;
  description: string | null;
  excluded_payment_method_types: readonly string[] | null;
  livemode: false;
  metadata: Metadata;
  next_action: NextAction | null;
  on_behalf_of: null;
  payment_method: string | null;
  payment_method_configuration_details: null;
  payment_method_options: Readonly<Record<string, unknown>> | null;
  payment_method_types: readonly string[];
};

export type PaymentIntent = SharedIntent & {
  object: "payment_intent";
  amount: number;
  amount_capturable: number;
  amount_received: number;
  application_fee_amount: null;
  canceled_at: number | null;
  capture_method: "automatic" | "automatic_async" | "manual";
  confirmation_method: "automatic" | "manual";
  currency: string;
  last_payment_error: PaymentError | null;
  latest_charge: string | null;
  managed_payments: null;
  payment_record: null;
  processing: null;
  receipt_email: string | null;
  review: null;
  setup_future_usage: "on_session" | "off_session" | null;
  shipping: Shipping | null;
  source: null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
  status: IntentStatus;
  transfer_data: null;
  transfer_group: string | null;
  hidden: {
    invoice: string | null;
    checkoutSession: string | null;
    isOffSession: boolean;
    returnUrl: string | null;
    /** The charge goes through once the person has passed the 3D Secure step. */
    hasPassedChallenge: boolean;
  };
};

export type SetupIntent = SharedIntent & {
  object: "setup_intent";
  flow_directions: readonly string[] | null;
  last_setup_error: PaymentError | null;
  latest_attempt: string | null;
  mandate: null;
  single_use_mandate: null;
  status: Exclude<IntentStatus, "requires_capture">;
  usage: "on_session" | "off_session";
  hidden: {
    checkoutSession: string | null;
    subscription: string | null;
    returnUrl: string | null;
    hasPassedChallenge: boolean;
  };
};

export type SetupAttempt = {
  id: string;
  object: "setup_attempt";
  application: null;
  created: number;
  customer: string | null;
  customer_account: null;
  flow_directions: null;
  livemode: false;
  on_behalf_of: null;
  payment_method: string;
  payment_method_details: Readonly<Record<string, unknown>>;
  setup_error: PaymentError | null;
  setup_intent: string;
  status: "succeeded" | "failed" | "requires_action";
  usage: "on_session" | "off_session";
};
