import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { newPrice, unique } from "./fixtures.js";
import { expanded, idOf, refusal, type Target } from "./target.js";

/** Entitlements, meters, webhook endpoints, events and disputes. */
export function platform(target: Target): void {
  const { stripe } = target;

  describe("entitlements", () => {
    it("follow the product of an active subscription", async () => {
      const feature = await stripe.entitlements.features.create({
        name: "Exports",
        lookup_key: unique("exports"),
      });
      const price = await newPrice(target, { amount: 500 });
      await stripe.products.createFeature(idOf(price.product), { entitlement_feature: feature.id });
      const customer = await stripe.customers.create();
      const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
      const subscription = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        default_payment_method: card.id,
      });
      const held = await stripe.entitlements.activeEntitlements.list({ customer: customer.id });
      expect(held.data.map(({ lookup_key }) => lookup_key)).toEqual([feature.lookup_key]);
      await stripe.subscriptions.cancel(subscription.id);
      expect((await stripe.entitlements.activeEntitlements.list({ customer: customer.id })).data).toEqual([]);
    });
  });

  describe("meters", () => {
    it("are created active, once for an event name, and can be switched off", async () => {
      const event_name = unique("calls");
      const meter = await stripe.billing.meters.create({
        display_name: "Calls",
        event_name,
        default_aggregation: { formula: "count" },
      });
      expect(meter).toMatchObject({ status: "active", event_name });
      const again = { display_name: "Calls", event_name, default_aggregation: { formula: "count" } } as const;
      expect((await refusal(stripe.billing.meters.create(again))).statusCode).toBe(400);
      expect((await stripe.billing.meters.deactivate(meter.id)).status).toBe("inactive");
      expect((await stripe.billing.meters.reactivate(meter.id)).status).toBe("active");
    });
  });

  describe("webhook endpoints", () => {
    let endpoint: Stripe.WebhookEndpoint;

    it("show their secret once", async () => {
      endpoint = await stripe.webhookEndpoints.create({
        url: "https://app.example.com/hook",
        enabled_events: ["invoice.paid"],
      });
      expect(endpoint.secret).toMatch(/^whsec_/);
      const read = await stripe.webhookEndpoints.retrieve(endpoint.id);
      expect(read.secret).toBeUndefined();
      expect(read).toMatchObject({ status: "enabled", enabled_events: ["invoice.paid"] });
    });

    it("are switched off and deleted", async () => {
      expect((await stripe.webhookEndpoints.update(endpoint.id, { disabled: true })).status).toBe("disabled");
      expect(await stripe.webhookEndpoints.del(endpoint.id)).toMatchObject({ deleted: true });
      expect(await refusal(stripe.webhookEndpoints.retrieve(endpoint.id))).toMatchObject({
        code: "resource_missing",
      });
    });
  });

  describe("events", () => {
    it("tell of a product's creation and of what a change replaced", async () => {
      const product = await stripe.products.create({ name: "Before" });
      await stripe.products.update(product.id, { name: "After" });
      const { data } = await stripe.events.list({ types: ["product.created", "product.updated"], limit: 20 });
      const own = data.filter((event) => "id" in event.data.object && event.data.object.id === product.id);
      expect(own.map(({ type }) => type)).toEqual(["product.updated", "product.created"]);
      expect(own[0]?.data.previous_attributes).toMatchObject({ name: "Before" });
      expect(own[1]?.data.object).toMatchObject({ name: "Before" });
      expect(own[0]).toMatchObject({ api_version: "2026-10-28.endive", livemode: false });
    });

    it("name the request that caused them", async () => {
      const created = await stripe.customers.create({}, { idempotencyKey: unique("event") });
      const { data } = await stripe.events.list({
        type: "customer.created",
        created: { gte: created.created, lte: created.created + 60 },
        limit: 100,
      });
      const event = data.find((one) => "id" in one.data.object && one.data.object.id === created.id);
      expect(event?.request?.id).toBe(created.lastResponse.requestId);
    });
  });

  describe("disputes", () => {
    it("open on the card that is disputed", async () => {
      const intent = await stripe.paymentIntents.create({
        amount: 1_000,
        currency: "usd",
        payment_method: "pm_card_createDispute",
        confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
        expand: ["latest_charge"],
      });
      expect(intent.status).toBe("succeeded");
      const { data } = await stripe.disputes.list({ payment_intent: intent.id });
      expect(data[0]).toMatchObject({ amount: 1_000, reason: "fraudulent", status: "needs_response" });
      expect(idOf(data[0]?.charge)).toBe(expanded(intent.latest_charge).id);
    });
  });
}
