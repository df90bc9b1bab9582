import { applyDiscounts } from "../billing/discounts.js";
import { mergeMetadata } from "../wire/metadata.js";
import type { World } from "../world/world.js";
import { draftLines, requireDraft, retotal } from "./draft-lines.js";
import { findInvoice } from "./find-invoice.js";
import type { InvoiceParams } from "./invoice-params.js";
import { ownMethod } from "./own-method.js";

export function updateInvoice(world: World, id: string, params: InvoiceParams): void {
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
        ? (params.automatically_finalizes_at ?? before.automatically_finalizes_at ?? now + 3600)
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
      (params.days_until_due === undefined ? before.due_date : now + params.days_until_due * 86400),
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
