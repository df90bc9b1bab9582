import { deleteDraft, markUncollectible, voidInvoice } from "../billing/close-invoice.js";
import { collectInvoice, intentOf } from "../billing/collect-invoice.js";
import { createInvoice, pendingItemsFor, subscriptionOf } from "../billing/create-invoice.js";
import { applyDiscounts, type DiscountRequest } from "../billing/discounts.js";
import { itemLine, toDraft } from "../billing/draft-line.js";
import { finalizeInvoice } from "../billing/finalize-invoice.js";
import { recordPaid } from "../billing/record-paid.js";
import { totalInvoice } from "../billing/total-invoice.js";
import { cardError } from "../payments/decline.js";
import { findPaymentMethod } from "../payments/payment-method.js";
import { invalid, missing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { CollectionMethod } from "../world/objects/values.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { requireCustomer } from "./customers.js";
import { type PreviewParams, previewInvoice } from "./invoice-preview.js";
import { search } from "./search.js";
import { findSubscription, optional, ownMethod } from "./subscriptions.js";

type InvoiceParams = {
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

type ListParams = PageParams & {
  collection_method?: CollectionMethod;
  created?: Range;
  customer?: string;
  due_date?: Range;
  status?: Invoice["status"];
  subscription?: string;
};

type PayParams = {
  off_session?: boolean;
  paid_out_of_band?: boolean;
  payment_method?: string;
  source?: string;
  forgive?: boolean;
};

export const invoices: readonly Route[] = [
  route<InvoiceParams>(["POST", "/v1/invoices"], "InvoiceCreateParams", ({ world, params }) =>
    create(world, params),
  ),
  route<PreviewParams>(
    ["POST", "/v1/invoices/create_preview"],
    "InvoiceCreatePreviewParams",
    ({ world, params }) => previewInvoice(world, params),
  ),
  route<ListParams>(["GET", "/v1/invoices"], "InvoiceListParams", ({ world, params }) => {
    const all =
      params.customer === undefined ? world.list("invoice") : world.ofCustomer("invoice", params.customer);
    const found = all
      .filter((one) => isWithin(one.created, params.created))
      .filter(
        (one) =>
          params.due_date === undefined || (one.due_date !== null && isWithin(one.due_date, params.due_date)),
      )
      .filter((one) => params.status === undefined || one.status === params.status)
      .filter((one) => params.subscription === undefined || subscriptionOf(one) === params.subscription)
      .filter(
        (one) => params.collection_method === undefined || one.collection_method === params.collection_method,
      );
    return paginate(found, params, "/v1/invoices");
  }),
  search("invoice", "/v1/invoices/search", "InvoiceSearchParams", [
    "created",
    "currency",
    "customer",
    "metadata",
    "number",
    "status",
    "subscription",
    "total",
  ]),
  route(["GET", "/v1/invoices/:id"], "InvoiceRetrieveParams", ({ world, id }) => findInvoice(world, id)),
  route<InvoiceParams>(["POST", "/v1/invoices/:id"], "InvoiceUpdateParams", ({ world, id, params }) => {
    findInvoice(world, id);
    world.track("invoice", id, "invoice.updated", () => update(world, id, params));
    return world.get("invoice", id);
  }),
  route(["DELETE", "/v1/invoices/:id"], "InvoiceDeleteParams", ({ world, id }) => {
    deleteDraft(world, findInvoice(world, id).id);
    return { id, object: "invoice", deleted: true };
  }),
  route<PageParams>(
    ["GET", "/v1/invoices/:id/lines"],
    "InvoiceListLineItemsParams",
    ({ world, id, params }) => {
      const { data } = findInvoice(world, id).lines;
      const start =
        params.starting_after === undefined
          ? 0
          : data.findIndex((line) => line.id === params.starting_after) + 1;
      const end = start + (params.limit ?? 10);
      return {
        object: "list",
        data: data.slice(start, end),
        has_more: end < data.length,
        url: `/v1/invoices/${id}/lines`,
      };
    },
  ),
  route<{ auto_advance?: boolean }>(
    ["POST", "/v1/invoices/:id/finalize"],
    "InvoiceFinalizeInvoiceParams",
    ({ world, id, params }) => {
      findInvoice(world, id);
      if (params.auto_advance !== undefined)
        world.change("invoice", id, { auto_advance: params.auto_advance });
      return finalizeInvoice(world, id);
    },
  ),
  route<PayParams>(["POST", "/v1/invoices/:id/pay"], "InvoicePayParams", ({ world, id, params }) =>
    pay(world, id, params),
  ),
  route(["POST", "/v1/invoices/:id/void"], "InvoiceVoidInvoiceParams", ({ world, id }) =>
    voidInvoice(world, findInvoice(world, id).id),
  ),
  route(["POST", "/v1/invoices/:id/mark_uncollectible"], "InvoiceMarkUncollectibleParams", ({ world, id }) =>
    markUncollectible(world, findInvoice(world, id).id, "user_forgiven"),
  ),
  route(["POST", "/v1/invoices/:id/send"], "InvoiceSendInvoiceParams", ({ world, id }) => {
    const invoice = findInvoice(world, id);
    const open = invoice.status === "draft" ? finalizeInvoice(world, id) : invoice;
    world.emit("invoice.sent", open);
    return open;
  }),
];

export function findInvoice(world: World, id: string): Invoice {
  const invoice = world.find("invoice", id);
  if (!invoice) throw missing("invoice", id);
  return invoice;
}

/** Puts a draft's totals in step with its lines and discounts. */
export function retotal(
  world: World,
  id: string,
  lines: Parameters<typeof totalInvoice>[1]["lines"],
): Invoice {
  const { currency, discounts } = world.get("invoice", id);
  return world.change("invoice", id, totalInvoice(world, { id, currency, lines, discounts }));
}

/** The lines of a draft as they are, with their ids. */
export function draftLines(invoice: Invoice) {
  return invoice.lines.data.map((line) => ({ ...toDraft(line), id: line.id }));
}

/** Puts an item on a draft that is there already. */
export function addItemToDraft(world: World, invoice: string, item: string): void {
  const draft = findInvoice(world, invoice);
  requireDraft(draft);
  world.track("invoice", invoice, "invoice.updated", () => {
    retotal(world, invoice, [itemLine(world.get("invoiceitem", item)), ...draftLines(draft)]);
  });
}

function create(world: World, params: InvoiceParams): Invoice {
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
    ...optional({
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

function update(world: World, id: string, params: InvoiceParams): void {
  const before = findInvoice(world, id);
  const late = ["metadata", "default_payment_method", "auto_advance", "expand"];
  if (before.status !== "draft" && !Object.keys(params).every((key) => late.includes(key)))
    requireDraft(before);
  const now = world.nowFor(before.customer);
  const autoAdvance = params.auto_advance ?? before.auto_advance;
  world.change("invoice", id, {
    auto_advance: autoAdvance,
    automatically_finalizes_at:
      before.status === "draft" && autoAdvance
        ? (params.automatically_finalizes_at ?? before.automatically_finalizes_at ?? now + 3_600)
        : null,
    collection_method: params.collection_method ?? before.collection_method,
    custom_fields: params.custom_fields ?? before.custom_fields,
    default_payment_method:
      params.default_payment_method === undefined
        ? before.default_payment_method
        : ownMethod(world, before.customer, params.default_payment_method || undefined),
    description: params.description ?? before.description,
    due_date:
      params.due_date ??
      (params.days_until_due === undefined ? before.due_date : now + params.days_until_due * 86_400),
    footer: params.footer ?? before.footer,
    metadata: mergeMetadata(before.metadata, params.metadata),
    number: params.number ?? before.number,
  });
  if (params.discounts === undefined || params.discounts?.length === 0) return;
  world.change("invoice", id, {
    discounts:
      params.discounts === null
        ? []
        : applyDiscounts(world, params.discounts, { customer: before.customer, invoice: id }),
  });
  retotal(world, id, draftLines(world.get("invoice", id)));
}

function pay(world: World, id: string, params: PayParams): Invoice {
  const before = findInvoice(world, id);
  if (before.status === "draft") finalizeInvoice(world, id);
  const invoice = world.get("invoice", id);
  if (invoice.status === "paid" && before.status === "draft") return invoice;
  if (invoice.status !== "open" && invoice.status !== "uncollectible") {
    throw invalid(`Invoice is already ${invoice.status}`, { code: "invoice_not_editable" });
  }
  if (params.paid_out_of_band) return recordPaid(world, id, { intent: null });
  const collection = collectInvoice(world, id, {
    isOffSession: params.off_session ?? true,
    ...(params.payment_method === undefined
      ? {}
      : { paymentMethod: findPaymentMethod(world, params.payment_method).id }),
  });
  if (collection.type === "no_method") {
    throw invalid(
      "Neither the invoice nor its subscription or customer has a default payment method; set one, or name one in the call.",
      { code: "resource_missing" },
    );
  }
  const intent = intentOf(world, invoice);
  if (collection.type === "declined") {
    throw cardError(collection.decline, {
      ...(collection.charge ? { charge: collection.charge.id } : {}),
      payment_intent: renderStored(world, intent),
    });
  }
  if (collection.type === "requires_action") {
    throw cardError(
      {
        code: "invoice_payment_intent_requires_action",
        declineCode: null,
        message: "This payment waits for its customer to authenticate it.",
      },
      { payment_intent: renderStored(world, intent) },
    );
  }
  return world.get("invoice", id);
}

function requireDraft({ status }: Invoice): void {
  if (status !== "draft")
    throw invalid("Finalized invoices can't be updated in this way", { code: "invoice_not_editable" });
}
