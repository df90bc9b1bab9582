import { missing } from "../wire/errors.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
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
    const { payment } = params;
    const found = world
      .list("invoice_payment")
      .filter(createdWithin(params))
      .filter(having({ invoice: params.invoice, status: params.status }))
      .filter((one) => payment === undefined || one.payment.payment_intent === payment.payment_intent);
    return paginate(found, params, "/v1/invoice_payments");
  }),
  route(["GET", "/v1/invoice_payments/:id"], "InvoicePaymentRetrieveParams", ({ world, id }) => {
    const payment = world.find("invoice_payment", id);
    if (payment === undefined) throw missing("invoice_payment", id);
    return payment;
  }),
];
