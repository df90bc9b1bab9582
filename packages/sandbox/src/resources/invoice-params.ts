import type { DiscountRequest } from "../billing/discounts.js";
import type { MetadataChange } from "../wire/metadata.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { CollectionMethod } from "../world/objects/values.js";

export type InvoiceParams = {
  auto_advance?: boolean;
  automatically_finalizes_at?: number;
  collection_method?: CollectionMethod;
  currency?: string;
  custom_fields?: Invoice["custom_fields"];
  customer?: string;
  days_until_due?: number;
  default_payment_method?: string;
  description?: string;
  discounts?: DiscountRequest[] | null;
  due_date?: number;
  footer?: string;
  metadata?: MetadataChange;
  number?: string;
  pending_invoice_items_behavior?: "include" | "exclude";
  statement_descriptor?: string;
  subscription?: string;
};
