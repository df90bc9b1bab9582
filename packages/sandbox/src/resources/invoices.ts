import { deleteDraft, markUncollectible, voidInvoice } from "../billing/close-invoice.js";
import { subscriptionOf } from "../billing/create-invoice.js";
import { finalizeInvoice } from "../billing/finalize-invoice.js";
import { createdWithin, having, isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { CollectionMethod } from "../world/objects/values.js";
import { draftInvoice } from "./draft-invoice.js";
import { findInvoice } from "./find-invoice.js";
import type { InvoiceParams } from "./invoice-params.js";
import { type PreviewParams, previewInvoice } from "./invoice-preview.js";
import { type PayParams, payInvoice } from "./pay-invoice.js";
import { search } from "./search.js";
import { updateInvoice } from "./update-invoice.js";

type ListParams = PageParams & {
  collection_method?: CollectionMethod;
  created?: Range;
  customer?: string;
  due_date?: Range;
  status?: Invoice["status"];
  subscription?: string;
};

export const invoices: readonly Route[] = [
  route<InvoiceParams>(["POST", "/v1/invoices"], "InvoiceCreateParams", ({ world, params }) =>
    draftInvoice(world, params),
  ),
  route<PreviewParams>(
    ["POST", "/v1/invoices/create_preview"],
    "InvoiceCreatePreviewParams",
    ({ world, params }) => previewInvoice(world, params),
  ),
  route<ListParams>(["GET", "/v1/invoices"], "InvoiceListParams", ({ world, params }) => {
    const all =
      params.customer === undefined ? world.list("invoice") : world.ofCustomer("invoice", params.customer);
    const { due_date, subscription } = params;
    const found = all
      .filter(createdWithin(params))
      .filter((one) => due_date === undefined || (one.due_date !== null && isWithin(one.due_date, due_date)))
      .filter(having({ status: params.status }))
      .filter((one) => subscription === undefined || subscriptionOf(one) === subscription)
      .filter(having({ collection_method: params.collection_method }));
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
    world.track("invoice", id, "invoice.updated", () => updateInvoice(world, id, params));
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
    payInvoice(world, id, params),
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
