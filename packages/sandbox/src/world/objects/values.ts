/** Values that many objects share, as the API writes them. */
export type Metadata = Readonly<Record<string, string>>;

export type Address = {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
};

export type BillingDetails = {
  address: Address | null;
  email: string | null;
  name: string | null;
  phone: string | null;
  tax_id: string | null;
};

export type ApiList<T> = { object: "list"; data: readonly T[]; has_more: boolean; url: string };

export type CollectionMethod = "charge_automatically" | "send_invoice";
export type ProrationBehavior = "create_prorations" | "always_invoice" | "none";
export type PaymentBehavior =
  | "allow_incomplete"
  | "default_incomplete"
  | "error_if_incomplete"
  | "pending_if_incomplete";

export const NO_BILLING_DETAILS: BillingDetails = {
  address: null,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

export const NO_SUBSCRIPTION_TAX = { disabled_reason: null, enabled: false, liability: null };
export const NO_INVOICE_TAX = {
  disabled_reason: null,
  enabled: false,
  liability: null,
  provider: null,
  status: null,
};

export function listOf<T>(url: string, data: readonly T[]): ApiList<T> {
  return { object: "list", data, has_more: false, url };
}
