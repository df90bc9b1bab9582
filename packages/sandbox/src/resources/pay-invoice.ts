import { collectInvoice, intentOf } from "../billing/collect-invoice.js";
import { finalizeInvoice } from "../billing/finalize-invoice.js";
import { recordPaid } from "../billing/record-paid.js";
import { cardError } from "../payments/decline.js";
import { findPaymentMethod } from "../payments/payment-method.js";
import { invalid } from "../wire/errors.js";
import type { Invoice } from "../world/objects/invoice.js";
import { renderStored } from "../world/render.js";
import type { World } from "../world/world.js";
import { findInvoice } from "./find-invoice.js";

export function payInvoice(world: World, id: string, params: PayParams): Invoice {
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

export type PayParams = {
  off_session?: boolean;
  paid_out_of_band?: boolean;
  payment_method?: string;
  source?: string;
  forgive?: boolean;
};
