import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { latestInvoice, newClockedCustomer, newPrice, newSubscription, unique, useCard } from "./fixtures.js";
import { at, expanded, idOf, itemOf, refusal, type Target } from "./target.js";

const HOUR = 3_600;
const redirectsOff = { automatic_payment_methods: { enabled: true, allow_redirects: "never" } } as const;

/** Smaller changes of what is there: descriptions, items, discounts, disputes, pauses, mixed intervals. */
export function upkeep(target: Target): void {
  const { stripe } = target;
  let price: Stripe.Price;
  beforeAll(async () => {
    price = await newPrice(target, { amount: 2_000 });
  });

  describe("invoice items", () => {
    it("are changed and deleted while they wait", async () => {
      const customer = (await stripe.customers.create()).id;
      const item = await stripe.invoiceItems.create({ customer, amount: 100, currency: "usd" });
      const changed = await stripe.invoiceItems.update(item.id, { amount: 250, description: "Help" });
      expect(changed).toMatchObject({ amount: 250, description: "Help" });
      expect(await stripe.invoiceItems.retrieve(item.id)).toMatchObject({ amount: 250 });
      expect(await stripe.invoiceItems.del(item.id)).toMatchObject({ deleted: true });
      expect((await stripe.invoiceItems.list({ customer })).data).toEqual([]);
    });
  });

  describe("an invoice", () => {
    it("is sent to a customer who pays by invoice", async () => {
      const customer = (await stripe.customers.create({ email: "bo@example.com" })).id;
      const draft = await stripe.invoices.create({
        customer,
        collection_method: "send_invoice",
        days_until_due: 7,
      });
      await stripe.invoiceItems.create({ customer, invoice: draft.id, amount: 1_000, currency: "usd" });
      expect(await stripe.invoices.sendInvoice(draft.id)).toMatchObject({
        status: "open",
        amount_due: 1_000,
      });
    });

    it("keeps a description and metadata while it is a draft", async () => {
      const customer = (await stripe.customers.create()).id;
      const draft = await stripe.invoices.create({ customer });
      const changed = await stripe.invoices.update(draft.id, { description: "March", metadata: { po: "7" } });
      expect(changed).toMatchObject({ description: "March", metadata: { po: "7" }, status: "draft" });
    });
  });

  describe("subscription items by themselves", () => {
    it("are added, changed and listed", async () => {
      const seat = await newPrice(target, { amount: 500, name: "Seat" });
      const { id } = await newSubscription(target, { price: price.id });
      const added = await stripe.subscriptionItems.create({
        subscription: id,
        price: seat.id,
        quantity: 2,
        proration_behavior: "none",
      });
      expect(added).toMatchObject({ subscription: id, quantity: 2 });
      const changed = await stripe.subscriptionItems.update(added.id, {
        quantity: 3,
        proration_behavior: "none",
      });
      expect(changed.quantity).toBe(3);
      expect((await stripe.subscriptionItems.list({ subscription: id })).data).toHaveLength(2);
    });
  });

  describe("a discount", () => {
    it("is taken off a subscription again", async () => {
      const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
      const { id } = await newSubscription(target, {
        price: price.id,
        params: { discounts: [{ coupon: coupon.id }] },
      });
      expect((await latestInvoice(target, id)).total).toBe(1_000);
      const changed = await stripe.subscriptions.update(id, { discounts: "" });
      expect(changed.discounts).toEqual([]);
    });

    it("comes with a promotion code, for every invoice while it lasts", async () => {
      const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
      const code = await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id } });
      const { id, clock } = await newSubscription(target, {
        price: price.id,
        params: { discounts: [{ promotion_code: code.id }] },
      });
      expect((await latestInvoice(target, id)).total).toBe(1_800);
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await latestInvoice(target, id)).toMatchObject({
        billing_reason: "subscription_cycle",
        total: 1_800,
      });
      expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
    });
  });

  describe("mixed intervals", () => {
    it("bill a month and a year on one subscription, each in its own rhythm", async () => {
      const year = await newPrice(target, {
        amount: 12_000,
        name: "Support",
        recurring: { interval: "year" },
      });
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const { id, items } = await stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }, { price: year.id }],
      });
      const ends = items.data.map(({ current_period_end }) => current_period_end).sort((a, b) => a - b);
      expect(ends).toEqual([at("2027-05-01"), at("2028-04-01")]);
      expect((await latestInvoice(target, id)).total).toBe(14_000);
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect((await latestInvoice(target, id)).total).toBe(2_000);
    });

    it("refuses a week with a month", async () => {
      const week = await newPrice(target, { amount: 100, recurring: { interval: "week" } });
      const { customer } = await newClockedCustomer(target, { start: "2027-04-01" });
      const error = await refusal(
        stripe.subscriptions.create({ customer, items: [{ price: price.id }, { price: week.id }] }),
      );
      expect(error.statusCode).toBe(400);
    });
  });

  describe("a pause", () => {
    it("stops a subscription at once, and a resume starts a period anew", async () => {
      const { id, clock } = await newSubscription(target, { price: price.id });
      await target.advance(clock, at("2027-04-16"));
      const paused = await stripe.subscriptions.pause(id, { type: "subscription" });
      expect(paused.status).toBe("paused");
      expect(itemOf(paused).current_period_end).toBe(at("2027-04-16"));
      await target.advance(clock, at("2027-04-20"));
      await stripe.subscriptions.resume(id, {
        payment_behavior: "resume_on_payment_success",
      } as Stripe.SubscriptionResumeParams);
      const resumed = await stripe.subscriptions.retrieve(id);
      expect(resumed.status).toBe("active");
      expect(itemOf(resumed).current_period_start).toBe(at("2027-04-20"));
    });
  });

  describe("a card that asks for authentication", () => {
    it("leaves the first payment open until the customer has answered", async () => {
      const { subscription } = await newSubscription(target, {
        price: price.id,
        card: "pm_card_authenticationRequired",
        params: { expand: ["latest_invoice.payments.data.payment.payment_intent"] },
      });
      expect(subscription.status).toBe("incomplete");
      const intent = expanded(
        expanded(subscription.latest_invoice).payments?.data[0]?.payment.payment_intent,
      );
      expect(intent).toMatchObject({ status: "requires_action", amount: 2_000 });
    });
  });

  describe("a dispute", () => {
    const newDispute = async () => {
      const intent = await stripe.paymentIntents.create({
        amount: 1_000,
        currency: "usd",
        payment_method: "pm_card_createDispute",
        confirm: true,
        ...redirectsOff,
      });
      return idOf((await stripe.disputes.list({ payment_intent: intent.id })).data[0]);
    };

    it("is answered with evidence, and given up", async () => {
      const dispute = await newDispute();
      const answered = await stripe.disputes.update(dispute, {
        evidence: { customer_name: "Ada" },
        submit: false,
      });
      expect(answered.evidence.customer_name).toBe("Ada");
      expect((await stripe.disputes.close(dispute)).status).toBe("lost");
      expect((await stripe.disputes.retrieve(dispute)).status).toBe("lost");
    });

    it("is won with the evidence that wins", async () => {
      const dispute = await newDispute();
      const won = await stripe.disputes.update(dispute, {
        evidence: { uncategorized_text: "winning_evidence" },
        submit: true,
      });
      expect(["won", "under_review"]).toContain(won.status);
    });
  });

  describe("descriptions", () => {
    it("are kept on payments, charges and refunds", async () => {
      const intent = await stripe.paymentIntents.create({ amount: 1_000, currency: "usd", ...redirectsOff });
      expect(await stripe.paymentIntents.update(intent.id, { description: "Help" })).toMatchObject({
        description: "Help",
      });
      const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
      const charge = await stripe.charges.update(idOf(paid.latest_charge), { metadata: { a: "1" } });
      expect(charge.metadata).toEqual({ a: "1" });
      const refund = await stripe.refunds.create({ charge: charge.id, amount: 100 });
      expect(await stripe.refunds.update(refund.id, { metadata: { b: "2" } })).toMatchObject({
        metadata: { b: "2" },
      });
      expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ amount: 100, metadata: { b: "2" } });
    });
  });

  describe("setup intents", () => {
    it("are changed, confirmed and listed with what was tried", async () => {
      const customer = (await stripe.customers.create()).id;
      const { id } = await stripe.setupIntents.create({ customer, ...redirectsOff });
      expect(await stripe.setupIntents.update(id, { description: "Card" })).toMatchObject({
        description: "Card",
      });
      const done = await stripe.setupIntents.confirm(id, { payment_method: "pm_card_visa" });
      expect(done.status).toBe("succeeded");
      expect((await stripe.setupIntents.list({ customer })).data.map((one) => one.id)).toEqual([id]);
      expect(await stripe.setupIntents.retrieve(id)).toMatchObject({ status: "succeeded" });
      expect((await stripe.setupAttempts.list({ setup_intent: id })).data[0]?.status).toBe("succeeded");
    });
  });

  describe("features and meters", () => {
    it("are renamed, listed and taken off a product", async () => {
      const feature = await stripe.entitlements.features.create({
        name: "Audit",
        lookup_key: unique("audit"),
      });
      expect(await stripe.entitlements.features.update(feature.id, { name: "Audit log" })).toMatchObject({
        name: "Audit log",
      });
      expect(await stripe.entitlements.features.retrieve(feature.id)).toMatchObject({ active: true });
      const product = idOf(price.product);
      const attached = await stripe.products.createFeature(product, { entitlement_feature: feature.id });
      expect((await stripe.products.listFeatures(product)).data.map(({ id }) => id)).toEqual([attached.id]);
      expect(await stripe.products.retrieveFeature(product, attached.id)).toMatchObject({ id: attached.id });
      expect(await stripe.products.deleteFeature(product, attached.id)).toMatchObject({ deleted: true });
      const { data } = await stripe.entitlements.features.list({ lookup_key: feature.lookup_key });
      expect(data.map(({ id }) => id)).toEqual([feature.id]);
    });

    it("keep a meter's name, and cancel an event by its identifier", async () => {
      const event_name = unique("tokens");
      const meter = await stripe.billing.meters.create({
        display_name: "Tokens",
        event_name,
        default_aggregation: { formula: "sum" },
      });
      expect(await stripe.billing.meters.update(meter.id, { display_name: "All tokens" })).toMatchObject({
        display_name: "All tokens",
      });
      expect(await stripe.billing.meters.retrieve(meter.id)).toMatchObject({ event_name });
      expect((await stripe.billing.meters.list({ limit: 1 })).data).toHaveLength(1);
      const customer = (await stripe.customers.create()).id;
      const identifier = unique("event");
      await stripe.billing.meterEvents.create({
        event_name,
        identifier,
        payload: { stripe_customer_id: customer, value: "5" },
      });
      const adjustment = await stripe.billing.meterEventAdjustments.create({
        event_name,
        type: "cancel",
        cancel: { identifier },
      });
      expect(adjustment.type).toBe("cancel");
    });
  });

  describe("a card for later", () => {
    it("belongs to the customer who attached it, and is charged for the next invoice", async () => {
      const { id, customer, clock } = await newSubscription(target, { price: price.id });
      const card = await useCard(stripe, customer, "pm_card_mastercard");
      await target.advance(clock, at("2027-05-01") + HOUR);
      const { data } = await stripe.paymentIntents.list({ customer, limit: 1 });
      expect(data[0]).toMatchObject({ status: "succeeded", payment_method: card });
      expect((await latestInvoice(target, id)).status).toBe("paid");
    });
  });
}
