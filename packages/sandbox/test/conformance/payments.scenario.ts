import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { useCard } from "./fixtures.js";
import { expanded, idOf, refusal, type Target } from "./target.js";

const redirectsOff = { automatic_payment_methods: { enabled: true, allow_redirects: "never" } } as const;

/** Cards, payments, refunds and disputes. */
export function payments({ stripe }: Target): void {
  let customer: string;
  beforeAll(async () => {
    customer = (await stripe.customers.create({ email: "ada@example.com" })).id;
  });

  describe("payment methods", () => {
    let card: string;

    it("attaches a test card as a payment method of its own", async () => {
      const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
      card = method.id;
      expect(card).not.toBe("pm_card_visa");
      expect(method).toMatchObject({ type: "card", customer, card: { brand: "visa", last4: "4242" } });
    });

    it("lists a customer's cards", async () => {
      const { data } = await stripe.customers.listPaymentMethods(customer, { type: "card" });
      expect(data.map(({ id }) => id)).toEqual([card]);
    });

    it("makes a card the default for invoices", async () => {
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
      const read = await stripe.customers.retrieve(customer, {
        expand: ["invoice_settings.default_payment_method"],
      });
      if (read.deleted) throw new Error("deleted");
      expect(expanded(read.invoice_settings.default_payment_method).card?.last4).toBe("4242");
    });

    it("changes the name on a card", async () => {
      const changed = await stripe.paymentMethods.update(card, { billing_details: { name: "Ada L." } });
      expect(changed.billing_details.name).toBe("Ada L.");
    });

    it("does not attach a card that is declined: 402 card_declined", async () => {
      const error = await refusal(stripe.paymentMethods.attach("pm_card_visa_chargeDeclined", { customer }));
      expect(error).toMatchObject({ statusCode: 402, type: "StripeCardError", code: "card_declined" });
      expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
    });

    it("says why: insufficient_funds", async () => {
      const error = await refusal(
        stripe.paymentMethods.attach("pm_card_visa_chargeDeclinedInsufficientFunds", { customer }),
      );
      expect(error).toMatchObject({ statusCode: 402, decline_code: "insufficient_funds" });
    });

    it("detaches a card, for good", async () => {
      expect((await stripe.paymentMethods.detach(card)).customer).toBeNull();
      expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
      expect((await refusal(stripe.paymentMethods.attach(card, { customer }))).statusCode).toBe(400);
    });
  });

  describe("setup intents", () => {
    it("keeps a card for later", async () => {
      const intent = await stripe.setupIntents.create({
        customer,
        payment_method: "pm_card_visa",
        confirm: true,
        ...redirectsOff,
      });
      expect(intent.status).toBe("succeeded");
      const { data } = await stripe.customers.listPaymentMethods(customer);
      expect(data.map(({ id }) => id)).toContain(idOf(intent.payment_method));
    });

    it("waits for authentication where the card asks for it", async () => {
      const intent = await stripe.setupIntents.create({
        customer,
        payment_method: "pm_card_authenticationRequired",
        confirm: true,
        ...redirectsOff,
      });
      expect(intent.status).toBe("requires_action");
      expect(intent.next_action).not.toBeNull();
    });

    it("cancels one that nobody finished", async () => {
      const intent = await stripe.setupIntents.create({ customer, ...redirectsOff });
      expect(intent.status).toBe("requires_payment_method");
      expect((await stripe.setupIntents.cancel(intent.id)).status).toBe("canceled");
    });
  });

  describe("payment intents", () => {
    it("pays 10.00 in one call and shows the charge", async () => {
      const intent = await stripe.paymentIntents.create({
        amount: 1_000,
        currency: "usd",
        customer,
        payment_method: "pm_card_visa",
        confirm: true,
        expand: ["latest_charge"],
        ...redirectsOff,
      });
      expect(intent).toMatchObject({ status: "succeeded", amount_received: 1_000 });
      expect(expanded(intent.latest_charge)).toMatchObject({
        amount: 1_000,
        paid: true,
        captured: true,
        refunded: false,
      });
    });

    it("is declined with 402 and stays open for another card", async () => {
      const intent = await stripe.paymentIntents.create({
        amount: 2_000,
        currency: "usd",
        customer,
        ...redirectsOff,
      });
      expect(intent.status).toBe("requires_payment_method");
      const error = await refusal(
        stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa_chargeDeclined" }),
      );
      expect(error).toMatchObject({
        statusCode: 402,
        code: "card_declined",
        decline_code: "generic_decline",
      });
      const after = await stripe.paymentIntents.retrieve(intent.id);
      expect(after).toMatchObject({ status: "requires_payment_method", amount_received: 0 });
      expect(after.last_payment_error).toMatchObject({ code: "card_declined" });
      const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
      expect(paid).toMatchObject({ status: "succeeded", amount_received: 2_000 });
    });

    it("waits for authentication, and is canceled instead", async () => {
      const intent = await stripe.paymentIntents.create({
        amount: 1_500,
        currency: "usd",
        payment_method: "pm_card_authenticationRequired",
        confirm: true,
        ...redirectsOff,
      });
      expect(intent).toMatchObject({ status: "requires_action", amount_received: 0 });
      expect(await stripe.paymentIntents.cancel(intent.id)).toMatchObject({ status: "canceled" });
      expect((await refusal(stripe.paymentIntents.confirm(intent.id))).statusCode).toBe(400);
    });

    it("holds an amount and captures part of it", async () => {
      const held = await stripe.paymentIntents.create({
        amount: 5_000,
        currency: "usd",
        payment_method: "pm_card_visa",
        capture_method: "manual",
        confirm: true,
        ...redirectsOff,
      });
      expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 5_000 });
      const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 3_000 });
      expect(captured).toMatchObject({ status: "succeeded", amount_received: 3_000, amount_capturable: 0 });
    });

    it("charges JPY 500 as 500, without decimals", async () => {
      const intent = await stripe.paymentIntents.create({
        amount: 500,
        currency: "jpy",
        payment_method: "pm_card_visa",
        confirm: true,
        ...redirectsOff,
      });
      expect(intent).toMatchObject({ status: "succeeded", amount_received: 500, currency: "jpy" });
    });

    it("refuses 0.49: below what can be charged", async () => {
      const error = await refusal(stripe.paymentIntents.create({ amount: 49, currency: "usd" }));
      expect(error).toMatchObject({ statusCode: 400, code: "amount_too_small" });
    });
  });

  describe("refunds", () => {
    let intent: Stripe.PaymentIntent;
    beforeAll(async () => {
      intent = await stripe.paymentIntents.create({
        amount: 1_000,
        currency: "usd",
        payment_method: "pm_card_visa",
        confirm: true,
        ...redirectsOff,
      });
    });

    it("gives back 4.00 of 10.00", async () => {
      const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 400 });
      expect(refund).toMatchObject({ status: "succeeded", amount: 400, charge: intent.latest_charge });
      const charge = await stripe.charges.retrieve(idOf(intent.latest_charge));
      expect(charge).toMatchObject({ amount_refunded: 400, refunded: false });
    });

    it("refuses to give back more than the 6.00 that are left", async () => {
      expect(
        (await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 601 }))).statusCode,
      ).toBe(400);
    });

    it("gives back the rest by default", async () => {
      const refund = await stripe.refunds.create({ payment_intent: intent.id });
      expect(refund.amount).toBe(600);
      const charge = await stripe.charges.retrieve(idOf(intent.latest_charge));
      expect(charge).toMatchObject({ amount_refunded: 1_000, refunded: true });
    });

    it("lists both refunds, and refuses a third", async () => {
      const { data } = await stripe.refunds.list({ payment_intent: intent.id });
      expect(data.map(({ amount }) => amount)).toEqual([600, 400]);
      expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
        code: "charge_already_refunded",
      });
    });
  });

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
