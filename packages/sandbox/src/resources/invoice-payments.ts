import { missing } from "../wire/errors.js";
import { isWithin, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";

export const invoicePayments: readonly Route[] = [
  route<
    PageParams & {
      created?: Range;
      invoice?: string;
      payment?: { type: string; payment_intent?: string };
      status?: string;
    }
  >(["GET", "/v1/invoice_payments"], "InvoicePaymentListParams", ({ world, params }) => {
    const found = world
      .list("invoice_payment")
      .filter((one) => isWithin(one.created, params.created))
      .filter((one) => params.invoice === undefined || one.invoice === params.invoice)
      .filter((one) => params.status === undefined || one.status === params.status)
      .filter(
        (one) => params.payment === undefined || one.payment.payment_intent === params.payment.payment_intent,
      );
    return paginate(found, params, "/v1/invoice_payments");
  }),
  route(["GET", "/v1/invoice_payments/:id"], "InvoicePaymentRetrieveParams", ({ world, id }) => {
    const payment = world.find("invoice_payment", id);
    if (payment === undefined) throw missing("invoice_payment", id);
    return payment;
  }),
];
