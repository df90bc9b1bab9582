import { itemLine, toDraft } from "../billing/draft-line.js";
import { totalInvoice } from "../billing/total-invoice.js";
import { invalid } from "../wire/errors.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { findInvoice } from "./find-invoice.js";

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

export function requireDraft({ status }: Invoice): void {
  if (status !== "draft")
    throw invalid("Finalized invoices can't be updated in this way", { code: "invoice_not_editable" });
}
