import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { expanded, idOf, refusal, type Target } from "./target.js";

const redirectsOff = { automatic_payment_methods: { enabled: true, allow_redirects: "never" } } as const;

/** Cards, setup intents, payments and refunds. */
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
}
