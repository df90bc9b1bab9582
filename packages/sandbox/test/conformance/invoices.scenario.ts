import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { useCard } from "./fixtures.js";
import { idOf, refusal, type Target } from "./target.js";

/** Invoices made by hand: drafts, numbers, payment, credit. */
export function invoices(target: Target): void {
  const { stripe } = target;

  describe("invoices by hand", () => {
    let buyer: string;
    let invoice: Stripe.Invoice;
    beforeAll(async () => {
      buyer = (await stripe.customers.create({ email: "buyer@example.com" })).id;
      await useCard(stripe, buyer, "pm_card_visa");
    });

    it("keeps an invoice item until an invoice takes it", async () => {
      const item = await stripe.invoiceItems.create({
        customer: buyer,
        amount: 1_500,
        currency: "usd",
        description: "Help",
      });
      expect(item).toMatchObject({ amount: 1_500, invoice: null, proration: false });
      expect((await stripe.invoiceItems.list({ customer: buyer, pending: true })).data).toHaveLength(1);
    });

    it("drafts an invoice that takes no pending items by itself, and does not advance by itself", async () => {
      const empty = await stripe.invoices.create({ customer: buyer });
      expect(empty).toMatchObject({ status: "draft", total: 0, auto_advance: false, number: null });
      expect(await stripe.invoices.del(empty.id)).toMatchObject({ id: empty.id, deleted: true });
    });

    it("drafts an invoice with the pending item", async () => {
      invoice = await stripe.invoices.create({ customer: buyer, pending_invoice_items_behavior: "include" });
      expect(invoice).toMatchObject({
        status: "draft",
        total: 1_500,
        amount_due: 1_500,
        billing_reason: "manual",
      });
      expect(invoice.lines.data.map(({ amount, description }) => [amount, description])).toEqual([
        [1_500, "Help"],
      ]);
      expect(invoice.hosted_invoice_url).toBeNull();
    });

    it("finalizes it: a number, a page to pay it on, open", async () => {
      invoice = await stripe.invoices.finalizeInvoice(invoice.id);
      expect(invoice).toMatchObject({ status: "open", amount_remaining: 1_500, attempted: false });
      expect(invoice.number).toMatch(/^[A-Z0-9]+-\d{4}$/);
      expect(invoice.hosted_invoice_url).toMatch(/^https?:\/\//);
    });

    it("charges it to the default card", async () => {
      invoice = await stripe.invoices.pay(invoice.id, {}, {});
      expect(invoice).toMatchObject({
        status: "paid",
        amount_paid: 1_500,
        amount_remaining: 0,
        attempt_count: 1,
      });
      expect(invoice.status_transitions.paid_at).toBeGreaterThan(0);
    });

    it("shows the payment of the invoice, and finds the invoice by it", async () => {
      const { payments: paid } = await stripe.invoices.retrieve(invoice.id, { expand: ["payments"] });
      const payment = paid?.data[0];
      expect(payment).toMatchObject({ status: "paid", amount_paid: 1_500, is_default: true });
      const found = await stripe.invoicePayments.list({
        payment: { type: "payment_intent", payment_intent: idOf(payment?.payment.payment_intent) },
      });
      expect(found.data.map((one) => one.invoice)).toEqual([invoice.id]);
    });

    it("refuses to pay it twice, or to void what is paid", async () => {
      expect((await refusal(stripe.invoices.pay(invoice.id))).statusCode).toBe(400);
      expect((await refusal(stripe.invoices.voidInvoice(invoice.id))).statusCode).toBe(400);
    });

    async function openInvoice(
      amount: number,
      params: Partial<Stripe.InvoiceCreateParams> = {},
    ): Promise<Stripe.Invoice> {
      const draft = await stripe.invoices.create({ customer: buyer, ...params });
      await stripe.invoiceItems.create({ customer: buyer, invoice: draft.id, amount, currency: "usd" });
      return stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false });
    }

    it("voids an open invoice, which leaves nothing to pay", async () => {
      const open = await openInvoice(700);
      const voided = await stripe.invoices.voidInvoice(open.id);
      expect(voided).toMatchObject({ status: "void", auto_advance: false });
      expect(voided.status_transitions.voided_at).toBeGreaterThan(0);
    });

    it("gives up an invoice, which may be paid later all the same", async () => {
      const open = await openInvoice(800);
      expect(await stripe.invoices.markUncollectible(open.id)).toMatchObject({ status: "uncollectible" });
      expect(await stripe.invoices.pay(open.id)).toMatchObject({ status: "paid", amount_paid: 800 });
    });

    it("takes money that came another way", async () => {
      const open = await openInvoice(900, { collection_method: "send_invoice", days_until_due: 30 });
      expect((open.due_date ?? 0) - open.created).toBeGreaterThanOrEqual(30 * 86_400 - 60);
      const paid = await stripe.invoices.pay(open.id, { paid_out_of_band: true });
      expect(paid.status).toBe("paid");
    });

    it("stays open when the card fails: 402, one attempt", async () => {
      const open = await openInvoice(1_000);
      const method = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: buyer });
      const error = await refusal(stripe.invoices.pay(open.id, { payment_method: method.id }));
      expect(error).toMatchObject({ statusCode: 402, code: "card_declined" });
      expect(await stripe.invoices.retrieve(open.id)).toMatchObject({
        status: "open",
        attempted: true,
        attempt_count: 1,
        amount_remaining: 1_000,
      });
    });

    it("uses credit of 5.00 before the card: 15.00 of 20.00", async () => {
      await stripe.customers.createBalanceTransaction(buyer, { amount: -500, currency: "usd" });
      const open = await openInvoice(2_000);
      expect(open).toMatchObject({
        total: 2_000,
        starting_balance: -500,
        ending_balance: 0,
        amount_due: 1_500,
      });
      expect(await stripe.invoices.pay(open.id)).toMatchObject({ status: "paid", amount_paid: 1_500 });
    });

    it("turns a negative total into credit and is paid at once", async () => {
      const credited = await openInvoice(-334);
      expect(credited).toMatchObject({ status: "paid", total: -334, amount_due: 0, ending_balance: -334 });
      expect(await stripe.customers.retrieve(buyer)).toMatchObject({ balance: -334 });
    });

    it("does not charge 0.40 but keeps it as a debt on the balance", async () => {
      await stripe.customers.createBalanceTransaction(buyer, { amount: 334, currency: "usd" });
      const small = await openInvoice(40);
      expect(small).toMatchObject({ status: "paid", total: 40, amount_due: 0 });
      expect(await stripe.customers.retrieve(buyer)).toMatchObject({ balance: 40 });
    });

    it("refuses to change what is finalized", async () => {
      const open = await openInvoice(1_000);
      const error = await refusal(
        stripe.invoiceItems.create({ customer: buyer, invoice: open.id, amount: 1, currency: "usd" }),
      );
      expect(error).toMatchObject({ statusCode: 400 });
    });
  });
}
