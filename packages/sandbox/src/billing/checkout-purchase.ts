import type { CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { discountRequests, lineItemsOf } from "./checkout-order.js";
import { createInvoice } from "./create-invoice.js";
import { applyDiscounts } from "./discounts.js";
import type { DraftLine } from "./draft-line.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { createInvoiceItem } from "./invoice-item.js";
import { toPricing } from "./price-terms.js";

export function makePurchase(world: World, id: string, { customer }: { customer: string | null }): void {
  const session = world.get("checkout.session", id);
  const invoice =
    session.invoice_creation?.enabled && customer !== null ? invoicePurchase(world, session, customer) : null;
  world.change("checkout.session", id, { invoice });
}

/** The paid invoice of a one-off purchase. */
function invoicePurchase(world: World, session: CheckoutSession, customer: string): string {
  const data = session.invoice_creation?.invoice_data;
  const now = world.nowFor(customer);
  const discounts = applyDiscounts(world, discountRequests(session), {
    customer,
    checkoutSession: session.id,
  });
  const items = lineItemsOf(world, session).map((item) => {
    const price = world.get("price", item.price);
    return createInvoiceItem(world, {
      customer,
      currency: price.currency,
      amount: item.amount_subtotal,
      description: item.description,
      discountable: true,
      period: { start: now, end: now },
      pricing: toPricing(price),
      quantity: item.quantity ?? 1,
      subscription: null,
      proration: null,
    });
  });
  const draft = createInvoice(world, {
    customer,
    currency: session.currency ?? "usd",
    subscription: null,
    reason: "manual",
    lines: [] satisfies DraftLine[],
    pendingItems: items,
    discounts,
    period: { start: now, end: now },
    autoAdvance: false,
    metadata: data?.metadata ?? {},
    description: data?.description ?? null,
    footer: data?.footer ?? null,
    customFields: data?.custom_fields ?? null,
  });
  finalizeInvoice(world, draft.id, session.payment_intent === null ? {} : { paidBy: session.payment_intent });
  return draft.id;
}
