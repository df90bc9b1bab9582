import { applyDiscounts, type DiscountRequest } from "../billing/discounts.js";
import { createInvoiceItem } from "../billing/invoice-item.js";
import { toPricing, toTerms } from "../billing/price-terms.js";
import { priceAmount } from "../engine/price-lines.js";
import { fromDecimal, multiply, roundHalfUp } from "../engine/rational.js";
import { invalid, missing, missingReference, parameterMissing } from "../wire/errors.js";
import { type MetadataChange, mergeMetadata } from "../wire/metadata.js";
import { having, isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { InvoiceItem, Pricing } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { createPrice, type PriceData } from "./create-price.js";
import { addItemToDraft, draftLines, retotal } from "./draft-lines.js";
import { requireCustomer } from "./find-customer.js";
import { findInvoice } from "./find-invoice.js";
import { findSubscription } from "./find-subscription.js";

type ItemParams = {
  amount?: number;
  currency?: string;
  customer?: string;
  description?: string;
  discountable?: boolean;
  discounts?: DiscountRequest[] | null;
  invoice?: string;
  metadata?: MetadataChange;
  period?: { end: number; start: number };
  price_data?: PriceData;
  pricing?: { price?: string };
  quantity?: number;
  quantity_decimal?: string;
  subscription?: string;
  unit_amount_decimal?: string;
};

export const invoiceItems: readonly Route[] = [
  route<ItemParams>(["POST", "/v1/invoiceitems"], "InvoiceItemCreateParams", ({ world, params }) =>
    create(world, params),
  ),
  route<PageParams & { created?: Range; customer?: string; invoice?: string; pending?: boolean }>(
    ["GET", "/v1/invoiceitems"],
    "InvoiceItemListParams",
    ({ world, params }) => {
      const { created, pending } = params;
      const found = world
        .list("invoiceitem")
        .filter((one) => isWithin(one.date, created))
        .filter(having({ customer: params.customer, invoice: params.invoice }))
        .filter((one) => pending === undefined || (one.invoice === null) === pending);
      return paginate(found, params, "/v1/invoiceitems");
    },
  ),
  route(["GET", "/v1/invoiceitems/:id"], "InvoiceItemRetrieveParams", ({ world, id }) => findItem(world, id)),
  route<ItemParams>(["POST", "/v1/invoiceitems/:id"], "InvoiceItemUpdateParams", ({ world, id, params }) =>
    update(world, id, params),
  ),
  route(["DELETE", "/v1/invoiceitems/:id"], "InvoiceItemDeleteParams", ({ world, id }) => {
    const item = findItem(world, id);
    requireEditable(world, item);
    world.remove("invoiceitem", id);
    world.emit("invoiceitem.deleted", item);
    if (item.invoice !== null) {
      const lines = draftLines(findInvoice(world, item.invoice)).filter(
        ({ parent }) => parent.invoice_item_details?.invoice_item !== id,
      );
      const { invoice } = item;
      world.track("invoice", invoice, "invoice.updated", () => retotal(world, invoice, lines));
    }
    return { id, object: "invoiceitem", deleted: true };
  }),
];

function create(world: World, params: ItemParams): InvoiceItem {
  const customer = requireCustomer(world, params.customer).id;
  const priced = priceOf(world, params);
  const now = world.nowFor(customer);
  const item = createInvoiceItem(world, {
    customer,
    ...priced,
    description: params.description ?? priced.description,
    discountable: params.discountable ?? priced.amount >= 0,
    period: params.period ?? { start: now, end: now },
    subscription: params.subscription === undefined ? null : findSubscription(world, params.subscription).id,
    invoice: params.invoice === undefined ? null : findInvoice(world, params.invoice).id,
    metadata: mergeMetadata({}, params.metadata),
    proration: null,
  });
  if (params.discounts && params.discounts.length > 0) {
    world.change("invoiceitem", item.id, {
      discounts: applyDiscounts(world, params.discounts, { customer, invoiceItem: item.id }),
    });
  }
  if (params.invoice !== undefined) addItemToDraft(world, params.invoice, item.id);
  return world.get("invoiceitem", item.id);
}

type Priced = {
  amount: number;
  currency: string;
  pricing: Pricing;
  quantity: number;
  quantityDecimal: string;
  description: string | null;
};

function priceOf(world: World, params: ItemParams): Priced {
  const quantity = params.quantity_decimal ?? String(params.quantity ?? 1);
  const id = params.price_data ? createPrice(world, params.price_data).id : params.pricing?.price;
  const shared = { quantity: Math.trunc(Number(quantity)), quantityDecimal: quantity };
  if (id !== undefined) {
    const price = world.find("price", id);
    if (price === undefined) throw missingReference("price", id, "pricing[price]");
    if (price.recurring !== null)
      throw invalid("An invoice item takes a one-time price.", { param: "pricing[price]" });
    const description = world.get("product", price.product).name;
    return {
      ...shared,
      amount: priceAmount(toTerms(price), quantity),
      currency: price.currency,
      pricing: toPricing(price),
      description,
    };
  }
  if (params.unit_amount_decimal !== undefined) {
    const amount = roundHalfUp(multiply(fromDecimal(params.unit_amount_decimal), fromDecimal(quantity)));
    return {
      ...shared,
      amount,
      currency: currencyOf(params),
      pricing: plainPricing(params.unit_amount_decimal),
      description: null,
    };
  }
  if (params.amount === undefined) throw parameterMissing("amount");
  return {
    ...shared,
    amount: params.amount,
    currency: currencyOf(params),
    pricing: plainPricing(String(params.amount)),
    description: null,
  };
}

function currencyOf({ currency }: ItemParams): string {
  if (currency === undefined) throw parameterMissing("currency");
  return currency.toLowerCase();
}

function plainPricing(unitAmount: string): Pricing {
  return { type: "price_details", unit_amount_decimal: unitAmount };
}

function update(world: World, id: string, params: ItemParams): InvoiceItem {
  const before = findItem(world, id);
  requireEditable(world, before);
  const repriced =
    params.amount ?? params.quantity ?? params.unit_amount_decimal ?? params.pricing ?? params.price_data;
  const priced =
    repriced === undefined
      ? { amount: before.amount, pricing: before.pricing, quantity: before.quantity }
      : priceOf(world, {
          currency: before.currency,
          ...(before.pricing.price_details && params.amount === undefined
            ? { pricing: { price: before.pricing.price_details.price } }
            : {}),
          ...params,
        });
  const changed = world.change("invoiceitem", id, {
    amount: priced.amount,
    net_amount: priced.amount,
    pricing: priced.pricing,
    quantity: priced.quantity,
    description: params.description ?? before.description,
    discountable: params.discountable ?? before.discountable,
    metadata: mergeMetadata(before.metadata, params.metadata),
    period: params.period ?? before.period,
  });
  if (before.invoice !== null) replaceLine(world, before.invoice, changed);
  return changed;
}

function replaceLine(world: World, invoice: string, item: InvoiceItem): void {
  world.track("invoice", invoice, "invoice.updated", () =>
    retotal(
      world,
      invoice,
      draftLines(findInvoice(world, invoice)).map((line) =>
        line.parent.invoice_item_details?.invoice_item === item.id
          ? {
              ...line,
              amount: item.amount,
              description: item.description ?? "",
              quantity: item.quantity,
              pricing: item.pricing,
              period: item.period,
            }
          : line,
      ),
    ),
  );
}

function findItem(world: World, id: string): InvoiceItem {
  const item = world.find("invoiceitem", id);
  if (item === undefined) throw missing("invoiceitem", id);
  return item;
}

function requireEditable(world: World, { invoice }: InvoiceItem): void {
  if (invoice === null || world.get("invoice", invoice).status === "draft") return;
  throw invalid("This invoice item is on an invoice that is not a draft any more.", {
    code: "invoice_not_editable",
  });
}
