import type { Shipping } from "./customer.js";
import type { Address, ApiList, CollectionMethod, Metadata } from "./values.js";

export type Pricing = {
  price_details?: { price: string; product: string };
  type: "price_details";
  unit_amount_decimal: string | null;
};

export type DiscountAmount = { amount: number; discount: string };
export type PretaxCredit = { amount: number; discount: string; type: "discount" };

type LineProration = { credited_items: { invoice: string; invoice_line_items: readonly string[] } | null };

export type LineParent =
  | {
      invoice_item_details: {
        invoice_item: string;
        proration: boolean;
        proration_details: LineProration | null;
        subscription: string | null;
      };
      subscription_item_details: null;
      type: "invoice_item_details";
    }
  | {
      invoice_item_details: null;
      subscription_item_details: {
        invoice_item: string | null;
        proration: boolean;
        proration_details: LineProration | null;
        subscription: string | null;
        subscription_item: string;
      };
      type: "subscription_item_details";
    };

export type InvoiceLine = {
  id: string;
  object: "line_item";
  amount: number;
  currency: string;
  description: string | null;
  discount_amounts: readonly DiscountAmount[];
  discountable: boolean;
  discounts: readonly string[];
  invoice: string;
  livemode: false;
  metadata: Metadata;
  parent: LineParent;
  period: { end: number; start: number };
  pretax_credit_amounts: readonly PretaxCredit[];
  pricing: Pricing;
  quantity: number | null;
  quantity_decimal: string | null;
  subscription: string | null;
  subtotal: number;
  taxes: readonly never[];
};

export type InvoiceStatus = "draft" | "open" | "paid" | "uncollectible" | "void";

export type BillingReason =
  | "subscription_create"
  | "subscription_cycle"
  | "subscription_update"
  | "subscription_threshold"
  | "manual"
  | "upcoming"
  | "automatic_pending_invoice_item_invoice";

export type UncollectibleReason =
  | "max_payment_attempts"
  | "payment_not_received"
  | "subscription_canceled"
  | "subscription_paused"
  | "user_forgiven";

export type Invoice = {
  id: string;
  object: "invoice";
  account_country: string;
  account_name: string;
  account_tax_ids: null;
  amount_due: number;
  amount_overpaid: number;
  amount_paid: number;
  amount_remaining: number;
  amount_shipping: number;
  application: null;
  attempt_count: number;
  attempted: boolean;
  auto_advance: boolean;
  automatic_tax: {
    disabled_reason: null;
    enabled: boolean;
    liability: null;
    provider: null;
    status: null;
  };
  automatically_finalizes_at: number | null;
  billing_reason: BillingReason;
  collection_method: CollectionMethod;
  created: number;
  currency: string;
  custom_fields: readonly { name: string; value: string }[] | null;
  customer: string;
  customer_account: null;
  customer_address: Address | null;
  customer_email: string | null;
  customer_name: string | null;
  customer_phone: string | null;
  customer_shipping: Shipping | null;
  customer_tax_exempt: "none" | "exempt" | "reverse";
  customer_tax_ids: readonly never[];
  default_payment_method: string | null;
  default_source: null;
  default_tax_rates: readonly never[];
  description: string | null;
  discounts: readonly string[];
  due_date: number | null;
  effective_at: number | null;
  ending_balance: number | null;
  footer: string | null;
  from_invoice: null;
  hosted_invoice_url: string | null;
  invoice_pdf: string | null;
  issuer: { type: "self" };
  last_finalization_error: null;
  latest_revision: null;
  lines: ApiList<InvoiceLine>;
  livemode: false;
  metadata: Metadata;
  next_payment_attempt: number | null;
  number: string | null;
  on_behalf_of: null;
  parent: {
    quote_details: null;
    subscription_details: { metadata: Metadata; subscription: string; subscription_proration_date?: number };
    type: "subscription_details";
  } | null;
  payment_settings: {
    default_mandate: null;
    payment_method_options: null;
    payment_method_types: readonly string[] | null;
  };
  period_end: number;
  period_start: number;
  post_payment_credit_notes_amount: number;
  pre_payment_credit_notes_amount: number;
  receipt_number: null;
  rendering: null;
  shipping_cost: null;
  shipping_details: null;
  starting_balance: number;
  statement_descriptor: string | null;
  status: InvoiceStatus;
  status_details?: { uncollectible: { reason: UncollectibleReason } };
  status_transitions: {
    finalized_at: number | null;
    marked_uncollectible_at: number | null;
    paid_at: number | null;
    voided_at: number | null;
  };
  subtotal: number;
  subtotal_excluding_tax: number;
  test_clock: string | null;
  total: number;
  total_discount_amounts: readonly DiscountAmount[];
  total_excluding_tax: number;
  total_pretax_credit_amounts: readonly PretaxCredit[];
  total_taxes: readonly never[];
  webhooks_delivered_at: number | null;
  hidden: {
    /** The last automatic retry has failed. */
    isExhausted: boolean;
    /** A decline that rules out retries with this method; they are counted, but no charge is made. */
    hardDeclinedMethod: string | null;
    /** Whether the overdue notice was given. */
    isOverdue: boolean;
    /** The pause behavior that was in force when it was made. */
    pauseBehavior: "keep_as_draft" | "mark_uncollectible" | "void" | null;
  };
};

export type InvoicePayment = {
  id: string;
  object: "invoice_payment";
  amount_paid: number | null;
  amount_requested: number;
  created: number;
  currency: string;
  invoice: string;
  is_default: boolean;
  livemode: false;
  payment: { payment_intent: string; type: "payment_intent" };
  status: "open" | "paid" | "canceled";
  status_transitions: { canceled_at: number | null; paid_at: number | null };
};

export type InvoiceItem = {
  id: string;
  object: "invoiceitem";
  amount: number;
  currency: string;
  customer: string;
  customer_account: null;
  date: number;
  description: string | null;
  discountable: boolean;
  discounts: readonly string[];
  invoice: string | null;
  livemode: false;
  metadata: Metadata;
  net_amount: number;
  parent: {
    subscription_details: { subscription: string; subscription_item?: string };
    type: "subscription_details";
  } | null;
  period: { end: number; start: number };
  pricing: Pricing;
  proration: boolean;
  proration_details?: {
    credited_items: {
      invoice_item?: string;
      invoice_line_item_details?: { invoice: string; invoice_line_items: readonly string[] };
      type: "invoice_item" | "invoice_line_items";
    } | null;
    discount_amounts: readonly DiscountAmount[];
  };
  quantity: number;
  quantity_decimal: string;
  tax_rates: readonly never[];
  test_clock: string | null;
};
