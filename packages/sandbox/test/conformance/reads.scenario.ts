import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { newPrice, newSubscription, unique } from "./fixtures.js";
import { expanded, idOf, itemOf, refusal, type Target } from "./target.js";

/** Reading what is there: one by one, in lists, by search, and expanded. */
export function reads(target: Target): void {
  const { stripe } = target;
  let customer: string;
  let subscription: Stripe.Subscription;
  let invoice: Stripe.Invoice;
  let intent: Stripe.PaymentIntent;
  let charge: Stripe.Charge;
  let price: Stripe.Price;
  const team = unique("team");

  beforeAll(async () => {
    price = await newPrice(target, { amount: 2_000 });
    const made = await newSubscription(target, { price: price.id, params: { metadata: { team } } });
    customer = made.customer;
    subscription = await stripe.subscriptions.retrieve(made.id, {
      expand: ["latest_invoice.payments.data.payment.payment_intent"],
    });
    invoice = expanded(subscription.latest_invoice);
    intent = expanded(invoice.payments?.data[0]?.payment.payment_intent);
    charge = await stripe.charges.retrieve(idOf(intent.latest_charge), { expand: ["balance_transaction"] });
  });

  describe("reading", () => {
    it("leads from a subscription through its invoice and payment to the charge", () => {
      expect(intent).toMatchObject({ amount: 2_000, status: "succeeded", customer });
      expect(charge).toMatchObject({ amount: 2_000, paid: true, customer, payment_intent: intent.id });
    });

    it("shows what a charge leaves after fees", async () => {
      const move = expanded(charge.balance_transaction);
      expect(move).toMatchObject({ amount: 2_000, currency: "usd", type: "charge", source: charge.id });
      expect(move.net).toBe(2_000 - move.fee);
      expect(await stripe.balanceTransactions.retrieve(move.id)).toMatchObject({ id: move.id });
      const { data } = await stripe.balanceTransactions.list({ source: charge.id });
      expect(data.map(({ id }) => id)).toEqual([move.id]);
    });

    it("lists a customer's charges, payments and cards", async () => {
      expect((await stripe.charges.list({ customer })).data.map(({ id }) => id)).toEqual([charge.id]);
      expect((await stripe.paymentIntents.list({ customer })).data.map(({ id }) => id)).toEqual([intent.id]);
      const [card] = (await stripe.paymentMethods.list({ customer, type: "card" })).data;
      expect(await stripe.paymentMethods.retrieve(idOf(card))).toMatchObject({ customer });
      expect(await stripe.customers.retrievePaymentMethod(customer, idOf(card))).toMatchObject({
        id: card?.id,
      });
    });

    it("lists the lines of an invoice, and shows its payment by itself", async () => {
      const { data } = await stripe.invoices.listLineItems(idOf(invoice));
      expect(data.map(({ amount }) => amount)).toEqual([2_000]);
      const payment = await stripe.invoicePayments.retrieve(idOf(invoice.payments?.data[0]));
      expect(payment).toMatchObject({ invoice: invoice.id, status: "paid", amount_paid: 2_000 });
    });

    it("shows a subscription item, with its price and product on request", async () => {
      const item = await stripe.subscriptionItems.retrieve(itemOf(subscription).id, {
        expand: ["price.product"],
      });
      expect(item).toMatchObject({ subscription: subscription.id, quantity: 1 });
      expect(item.price.product).toMatchObject({ id: price.product, name: "Pro" });
    });

    it("reads the catalogue one by one and in lists", async () => {
      const product = await stripe.products.retrieve(idOf(price.product));
      expect(product).toMatchObject({ name: "Pro", active: true });
      const { data } = await stripe.products.list({ ids: [product.id] });
      expect(data.map(({ id }) => id)).toEqual([product.id]);
      const coupon = await stripe.coupons.create({ percent_off: 10, duration: "once" });
      expect((await stripe.coupons.list({ limit: 1 })).data[0]?.id).toBe(coupon.id);
      const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
      expect(await stripe.promotionCodes.retrieve(code.id)).toMatchObject({ code: code.code });
    });

    it("shows an event by its id as it was listed", async () => {
      const [event] = (await stripe.events.list({ limit: 1 })).data;
      expect((await stripe.events.retrieve(idOf(event))).type).toBe(event?.type);
    });

    it("lists test clocks", async () => {
      const { data } = await stripe.testHelpers.testClocks.list({ limit: 1 });
      expect(data[0]?.status).toBe("ready");
    });

    it("refuses to expand what is not there, and deeper than four levels", async () => {
      const wrong = await refusal(stripe.customers.retrieve(customer, { expand: ["color"] }));
      expect(wrong.statusCode).toBe(400);
      const deep = "latest_invoice.customer.default_source.customer.default_source";
      expect(
        (await refusal(stripe.subscriptions.retrieve(subscription.id, { expand: [deep] }))).statusCode,
      ).toBe(400);
    });

    it("refuses a page of none or of more than 100", async () => {
      for (const limit of [0, 101]) {
        expect((await refusal(stripe.customers.list({ limit }))).statusCode).toBe(400);
      }
    });
  });

  describe("searching", () => {
    // Stripe's own index lags behind, so only what is found is looked at.
    it("finds subscriptions by metadata and status", async () => {
      const query = `metadata['team']:'${team}' AND status:'active'`;
      const found = await stripe.subscriptions.search({ query });
      expect(found.object).toBe("search_result");
      expect(found.data.every((one) => one.metadata.team === team && one.status === "active")).toBe(true);
    });

    it("finds customers, products, prices, invoices, payments and charges", async () => {
      const customers = await stripe.customers.search({ query: "email:'ada@example.com'", limit: 5 });
      expect(customers.data.every(({ email }) => email === "ada@example.com")).toBe(true);
      const products = await stripe.products.search({ query: "name:'Pro' AND active:'true'", limit: 5 });
      expect(products.data.every(({ active }) => active)).toBe(true);
      const prices = await stripe.prices.search({ query: `product:'${idOf(price.product)}'` });
      expect(prices.data.every((one) => one.product === price.product)).toBe(true);
      const invoices = await stripe.invoices.search({ query: `customer:'${customer}'` });
      expect(invoices.data.every((one) => one.customer === customer)).toBe(true);
      const payments = await stripe.paymentIntents.search({ query: `customer:'${customer}'` });
      expect(payments.data.every((one) => one.customer === customer)).toBe(true);
      const charges = await stripe.charges.search({ query: `customer:'${customer}'` });
      expect(charges.data.every((one) => one.customer === customer)).toBe(true);
    });

    it("refuses a query that it cannot read", async () => {
      expect((await refusal(stripe.customers.search({ query: "email" }))).statusCode).toBe(400);
    });
  });
}
