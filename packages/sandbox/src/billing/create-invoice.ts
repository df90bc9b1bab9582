import { DRAFT_SECONDS } from "../engine/deadlines.js";
import type { Instant, Period } from "../engine/instant.js";
import { newId } from "../world/new-id.js";
import type { BillingReason, Invoice, InvoiceItem } from "../world/objects/invoice.js";
import type { Subscription } from "../world/objects/subscription.js";
import { type CollectionMethod, type Metadata, NO_INVOICE_TAX } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { type DraftLine, itemLine } from "./draft-line.js";
import { totalInvoice } from "./total-invoice.js";

export type NewInvoice = {
  customer: string;
  currency: string;
  subscription: Subscription | null;
  reason: BillingReason;
  /** After the pending items, which come first. */
  lines: readonly DraftLine[];
  pendingItems: readonly InvoiceItem[];
  discounts: readonly string[];
  /** The span the invoice speaks of; for a renewal the period that ended. */
  period: Period;
  collectionMethod?: CollectionMethod;
  daysUntilDue?: number | null;
  dueDate?: Instant | null;
  /** Whether it finalizes itself after its hour as a draft. */
  autoAdvance: boolean;
  prorationDate?: Instant | null;
  metadata?: Metadata;
  description?: string | null;
  footer?: string | null;
  customFields?: Invoice["custom_fields"];
  defaultPaymentMethod?: string | null;
  statementDescriptor?: string | null;
};

/** Makes a draft of the lines and of the pending items, which are on it from then on. */
export function createInvoice(world: World, given: NewInvoice): Invoice {
  const now = world.nowFor(given.customer);
  const id = newId("invoice");
  const { subscription } = given;
  const pending = [...given.pendingItems].reverse();
  const totals = totalInvoice(world, {
    id,
    currency: given.currency,
    lines: [...pending.map(itemLine), ...given.lines],
    discounts: given.discounts,
  });
  for (const item of pending) world.change("invoiceitem", item.id, { invoice: id });
  const method = given.collectionMethod ?? subscription?.collection_method ?? "charge_automatically";
  const invoice = world.put<Invoice>({
    id,
    object: "invoice",
    account_country: world.settings.accountCountry,
    account_name: world.settings.accountName,
    account_tax_ids: null,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: given.autoAdvance,
    automatic_tax: NO_INVOICE_TAX,
    automatically_finalizes_at: given.autoAdvance ? now + DRAFT_SECONDS : null,
    billing_reason: given.reason,
    collection_method: method,
    created: now,
    currency: given.currency,
    custom_fields: given.customFields ?? subscription?.invoice_settings.custom_fields ?? null,
    customer: given.customer,
    customer_account: null,
    ...customerCopy(world, given.customer),
    default_payment_method: given.defaultPaymentMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? subscription?.invoice_settings.description ?? null,
    discounts: given.discounts,
    due_date:
      given.dueDate ?? dueDate(method, now, given.daysUntilDue ?? subscription?.days_until_due ?? null),
    effective_at: null,
    ending_balance: null,
    footer: given.footer ?? subscription?.invoice_settings.footer ?? null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    livemode: false,
    metadata: given.metadata ?? {},
    next_payment_attempt: given.autoAdvance && method === "charge_automatically" ? now + DRAFT_SECONDS : null,
    number: null,
    on_behalf_of: null,
    parent: parentOf(subscription, given.prorationDate ?? null),
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: subscription?.payment_settings.payment_method_types ?? null,
    },
    period_end: given.period.end,
    period_start: given.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: world.get("customer", given.customer).balance,
    statement_descriptor: given.statementDescriptor ?? null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: world.timelineOf(given.customer),
    total_taxes: [],
    webhooks_delivered_at: null,
    ...totals,
    hidden: { isExhausted: false, hardDeclinedMethod: null, isOverdue: false, pauseBehavior: null },
  });
  if (subscription) {
    world.change("subscription", subscription.id, { latest_invoice: id });
  }
  world.emit("invoice.created", invoice);
  return invoice;
}

/** The pending items that an invoice of the subscription takes up, oldest first. */
export function pendingItemsFor(world: World, customer: string, subscription: string | null): InvoiceItem[] {
  return world.ofCustomer("invoiceitem", customer).filter(({ invoice, parent }) => {
    if (invoice !== null) return false;
    const bound = parent?.subscription_details.subscription ?? null;
    return bound === null || bound === subscription;
  });
}

/** The subscription that an invoice belongs to. */
export function subscriptionOf(invoice: Invoice): string | null {
  return invoice.parent?.subscription_details.subscription ?? null;
}

/** What an invoice knows of its customer; frozen when it is finalized. */
export function customerCopy(world: World, id: string) {
  const { address, email, name, phone, shipping, tax_exempt } = world.get("customer", id);
  return {
    customer_address: address,
    customer_email: email,
    customer_name: name,
    customer_phone: phone,
    customer_shipping: shipping,
    customer_tax_exempt: tax_exempt,
    customer_tax_ids: [],
  };
}

function dueDate(method: CollectionMethod, now: Instant, days: number | null): Instant | null {
  return method === "send_invoice" ? now + (days ?? 30) * 86_400 : null;
}

function parentOf(subscription: Subscription | null, prorationDate: Instant | null): Invoice["parent"] {
  if (subscription === null) return null;
  return {
    quote_details: null,
    subscription_details: {
      metadata: subscription.metadata,
      subscription: subscription.id,
      ...(prorationDate === null ? {} : { subscription_proration_date: prorationDate }),
    },
    type: "subscription_details",
  };
}
