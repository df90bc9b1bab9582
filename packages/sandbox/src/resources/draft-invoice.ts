import { createInvoice, pendingItemsFor } from "../billing/create-invoice.js";
import { applyDiscounts, type DiscountRequest } from "../billing/discounts.js";
import { definedOnly } from "../wire/defined-only.js";
import { invalid } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { draftLines, retotal } from "./draft-lines.js";
import { requireCustomer } from "./find-customer.js";
import { findSubscription } from "./find-subscription.js";
import type { InvoiceParams } from "./invoice-params.js";
import { ownMethod } from "./own-method.js";

export function draftInvoice(world: World, params: InvoiceParams): Invoice {
  const subscription =
    params.subscription === undefined ? null : findSubscription(world, params.subscription);
  const customer = requireCustomer(world, params.customer ?? subscription?.customer);
  const included = params.pending_invoice_items_behavior === "include" || subscription !== null;
  const pending = included ? pendingItemsFor(world, customer.id, subscription?.id ?? null) : [];
  const pendingItems =
    subscription === null
      ? pending
      : pending.filter(({ parent }) => parent?.subscription_details.subscription === subscription.id);
  if (subscription !== null && pendingItems.length === 0) {
    throw invalid("Nothing to invoice for subscription", {
      code: "invoice_no_subscription_line_items",
      param: "subscription",
    });
  }
  const now = world.nowFor(customer.id);
  const currency =
    params.currency ?? subscription?.currency ?? pendingItems[0]?.currency ?? customer.currency ?? "usd";
  const draft = createInvoice(world, {
    customer: customer.id,
    currency,
    subscription,
    reason: subscription === null ? "manual" : "subscription_update",
    lines: [],
    pendingItems: pendingItems.filter((item) => item.currency === currency),
    discounts: [],
    period: { start: now, end: now },
    autoAdvance: params.auto_advance ?? false,
    metadata: mergeMetadata({}, params.metadata),
    defaultPaymentMethod: ownMethod(world, customer.id, params.default_payment_method),
    ...definedOnly({
      collectionMethod: params.collection_method,
      daysUntilDue: params.days_until_due,
      dueDate: params.due_date,
      description: params.description,
      footer: params.footer,
      customFields: params.custom_fields,
      statementDescriptor: params.statement_descriptor,
    }),
  });
  if (params.number !== undefined) world.change("invoice", draft.id, { number: params.number });
  const discounts = discountsFor(world, draft, params.discounts);
  if (discounts.length === 0) return world.get("invoice", draft.id);
  world.change("invoice", draft.id, { discounts });
  return retotal(world, draft.id, draftLines(draft));
}
/** Left out, an invoice takes over its customer's discount. */

function discountsFor(
  world: World,
  { id, customer }: Invoice,
  given: DiscountRequest[] | null | undefined,
): readonly string[] {
  if (given === null) return [];
  if (given !== undefined && given.length > 0) return applyDiscounts(world, given, { customer, invoice: id });
  const { discount } = world.get("customer", customer);
  return discount === null ? [] : [discount];
}
