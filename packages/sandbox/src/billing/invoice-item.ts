import type { Period } from "../engine/instant.js";
import { newId } from "../world/new-id.js";
import type { InvoiceItem, Pricing } from "../world/objects/invoice.js";
import type { Metadata } from "../world/objects/values.js";
import type { World } from "../world/world.js";

export type NewInvoiceItem = {
  customer: string;
  currency: string;
  amount: number;
  description: string | null;
  discountable: boolean;
  discounts?: readonly string[];
  period: Period;
  pricing: Pricing;
  quantity: number;
  quantityDecimal?: string;
  subscription: string | null;
  subscriptionItem?: string;
  invoice?: string | null;
  metadata?: Metadata;
  proration: { credited: { invoice: string; line: string } | null } | null;
};

/** Something to bill with the customer's next invoice, or with the one it names. */
export function createInvoiceItem(world: World, given: NewInvoiceItem): InvoiceItem {
  const now = world.nowFor(given.customer);
  const item = world.put<InvoiceItem>({
    id: newId("invoiceitem"),
    object: "invoiceitem",
    amount: given.amount,
    currency: given.currency,
    customer: given.customer,
    customer_account: null,
    date: now,
    description: given.description,
    discountable: given.discountable,
    discounts: given.discounts ?? [],
    invoice: given.invoice ?? null,
    livemode: false,
    metadata: given.metadata ?? {},
    net_amount: given.amount,
    parent:
      given.subscription === null
        ? null
        : {
            subscription_details: {
              subscription: given.subscription,
              ...(given.subscriptionItem === undefined ? {} : { subscription_item: given.subscriptionItem }),
            },
            type: "subscription_details",
          },
    period: given.period,
    pricing: given.pricing,
    proration: given.proration !== null,
    ...(given.proration === null
      ? {}
      : {
          proration_details: {
            credited_items: given.proration.credited
              ? {
                  invoice_line_item_details: {
                    invoice: given.proration.credited.invoice,
                    invoice_line_items: [given.proration.credited.line],
                  },
                  type: "invoice_line_items" as const,
                }
              : null,
            discount_amounts: [],
          },
        }),
    quantity: given.quantity,
    quantity_decimal: given.quantityDecimal ?? String(given.quantity),
    tax_rates: [],
    test_clock: world.timelineOf(given.customer),
  });
  world.emit("invoiceitem.created", item);
  return item;
}
