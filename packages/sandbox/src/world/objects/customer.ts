import type { Address, Metadata } from "./values.js";

export type Shipping = { address: Address; carrier?: string | null; name: string; phone: string | null };

export type Customer = {
  id: string;
  object: "customer";
  address: Address | null;
  balance: number;
  business_name?: string;
  created: number;
  currency: string | null;
  customer_account: null;
  default_source: null;
  delinquent: boolean;
  description: string | null;
  discount: string | null;
  email: string | null;
  individual_name?: string;
  invoice_prefix: string;
  invoice_settings: {
    custom_fields: readonly { name: string; value: string }[] | null;
    default_payment_method: string | null;
    footer: string | null;
    rendering_options: { amount_tax_display: string | null; template: string | null } | null;
  };
  livemode: false;
  metadata: Metadata;
  name: string | null;
  phone: string | null;
  preferred_locales: readonly string[];
  shipping: Shipping | null;
  tax_exempt: "none" | "exempt" | "reverse";
  test_clock: string | null;
};

export type CustomerBalanceTransaction = {
  id: string;
  object: "customer_balance_transaction";
  amount: number;
  checkout_session: string | null;
  created: number;
  credit_note: null;
  currency: string;
  customer: string;
  customer_account: null;
  description: string | null;
  ending_balance: number;
  invoice: string | null;
  livemode: false;
  metadata: Metadata;
  type:
    | "adjustment"
    | "applied_to_invoice"
    | "unapplied_from_invoice"
    | "invoice_too_small"
    | "invoice_too_large"
    | "initial";
};
