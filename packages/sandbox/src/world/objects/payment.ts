import type { Shipping } from "./customer.js";
import type { BillingDetails, Metadata } from "./values.js";

export type CardChecks = {
  address_line1_check: string | null;
  address_postal_code_check: string | null;
  cvc_check: string | null;
};

export type Card = {
  brand: string;
  checks: CardChecks;
  country: string;
  display_brand: string;
  exp_month: number;
  exp_year: number;
  fingerprint: string;
  funding: string;
  generated_from: null;
  last4: string;
  networks: { available: readonly string[]; preferred: string | null };
  regulated_status: "unregulated";
  three_d_secure_usage: { supported: boolean };
  wallet: null;
};

export type PaymentMethod = {
  id: string;
  object: "payment_method";
  allow_redisplay: "always" | "limited" | "unspecified";
  billing_details: BillingDetails;
  card: Card;
  created: number;
  customer: string | null;
  customer_account: null;
  livemode: false;
  metadata: Metadata;
  type: "card";
  hidden: {
    /** The test card it was made of: decides how it behaves. */
    number: string;
    /** Set up for off-session use, with its challenge passed. */
    isSetUp: boolean;
    wasDetached: boolean;
  };
};

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

export type IntentStatus =
  | "requires_payment_method"
  | "requires_confirmation"
  | "requires_action"
  | "processing"
  | "requires_capture"
  | "succeeded"
  | "canceled";

export type PaymentIntent = {
  id: string;
  object: "payment_intent";
  allowed_payment_method_types: readonly string[] | null;
  amount: number;
  amount_capturable: number;
  amount_received: number;
  application: null;
  application_fee_amount: null;
  automatic_payment_methods: { allow_redirects?: "always" | "never"; enabled: boolean } | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  capture_method: "automatic" | "automatic_async" | "manual";
  client_secret: string;
  confirmation_method: "automatic" | "manual";
  created: number;
  currency: string;
  customer: string | null;
  customer_account: null;
  description: string | null;
  excluded_payment_method_types: readonly string[] | null;
  last_payment_error: PaymentError | null;
  latest_charge: string | null;
  livemode: false;
  managed_payments: null;
  metadata: Metadata;
  next_action: NextAction | null;
  on_behalf_of: null;
  payment_method: string | null;
  payment_method_configuration_details: null;
  payment_method_options: Readonly<Record<string, unknown>> | null;
  payment_method_types: readonly string[];
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

export type SetupIntent = {
  id: string;
  object: "setup_intent";
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
  flow_directions: readonly string[] | null;
  last_setup_error: PaymentError | null;
  latest_attempt: string | null;
  livemode: false;
  mandate: null;
  metadata: Metadata;
  next_action: NextAction | null;
  on_behalf_of: null;
  payment_method: string | null;
  payment_method_configuration_details: null;
  payment_method_options: Readonly<Record<string, unknown>> | null;
  payment_method_types: readonly string[];
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

export type ChargeOutcome = {
  advice_code: string | null;
  network_advice_code: string | null;
  network_decline_code: string | null;
  network_status: string;
  reason: string | null;
  risk_level: "normal" | "elevated" | "highest";
  risk_score: number;
  seller_message: string;
  type: "authorized" | "issuer_declined" | "blocked";
};

export type Charge = {
  id: string;
  object: "charge";
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  application: null;
  application_fee: null;
  application_fee_amount: null;
  balance_transaction: string | null;
  billing_details: BillingDetails;
  calculated_statement_descriptor: string;
  captured: boolean;
  created: number;
  currency: string;
  customer: string | null;
  description: string | null;
  disputed: boolean;
  failure_balance_transaction: null;
  failure_code: string | null;
  failure_message: string | null;
  fraud_details: Readonly<Record<string, never>>;
  livemode: false;
  metadata: Metadata;
  on_behalf_of: null;
  outcome: ChargeOutcome;
  paid: boolean;
  payment_intent: string | null;
  payment_method: string;
  payment_method_details: Readonly<Record<string, unknown>> & { type: "card" };
  receipt_email: string | null;
  receipt_number: null;
  receipt_url: string | null;
  refunded: boolean;
  review: null;
  shipping: Shipping | null;
  source: null;
  source_transfer: null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
  status: "succeeded" | "failed";
  transfer_data: null;
  transfer_group: string | null;
};

export type Refund = {
  id: string;
  object: "refund";
  amount: number;
  balance_transaction: string | null;
  charge: string;
  created: number;
  currency: string;
  customer: string | null;
  customer_account: null;
  destination_details: {
    card: { reference?: string; reference_status?: string; reference_type?: string; type: "refund" };
    type: "card";
  };
  failure_balance_transaction?: string;
  failure_reason?: string;
  metadata: Metadata;
  payment_intent: string | null;
  payment_method: string | null;
  reason: "duplicate" | "fraudulent" | "requested_by_customer" | null;
  receipt_number: null;
  source_transfer_reversal: null;
  status: "pending" | "succeeded" | "failed" | "canceled";
  transfer_reversal: null;
  hidden: { settlesAt: number | null; willFail: boolean };
};

export type BalanceTransaction = {
  id: string;
  object: "balance_transaction";
  amount: number;
  available_on: number;
  balance_type: "payments";
  created: number;
  currency: string;
  description: string | null;
  exchange_rate: null;
  fee: number;
  fee_details: readonly {
    amount: number;
    application: null;
    currency: string;
    description: string;
    type: "stripe_fee";
  }[];
  net: number;
  reporting_category: string;
  source: string;
  status: "pending" | "available";
  type: "charge" | "refund" | "refund_failure" | "adjustment";
};

export type Dispute = {
  id: string;
  object: "dispute";
  amount: number;
  balance_transactions: readonly BalanceTransaction[];
  charge: string;
  created: number;
  currency: string;
  enhanced_eligibility_types: readonly string[];
  evidence: Readonly<Record<string, unknown>>;
  evidence_details: {
    due_by: number | null;
    enhanced_eligibility: Readonly<Record<string, unknown>>;
    has_evidence: boolean;
    past_due: boolean;
    submission_count: number;
    submission_method: "manual" | "not_submitted";
  };
  intended_submission_method: null;
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Metadata;
  network_reason_code: string;
  payment_intent: string | null;
  payment_method_details: {
    card: {
      brand: string;
      case_type: "chargeback" | "inquiry";
      network: string;
      network_reason_code: string;
    };
    type: "card";
  };
  reason: string;
  status:
    | "needs_response"
    | "under_review"
    | "won"
    | "lost"
    | "warning_needs_response"
    | "warning_under_review"
    | "warning_closed";
};
