import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { newPrice, unique } from "./fixtures.js";
import { expanded, idOf, refusal, type Target } from "./target.js";

const success_url = "https://app.example.com/done?session={CHECKOUT_SESSION_ID}";

/** Checkout and portal sessions as the API makes them, entitlements, meters, endpoints and events. */
export function sessions(target: Target): void {
  const { stripe } = target;

  describe("checkout sessions", () => {
    let monthly: Stripe.Price;
    let pack: Stripe.Price;
    let customer: string;
    beforeAll(async () => {
      monthly = await newPrice(target, { amount: 2_000 });
      pack = await newPrice(target, { amount: 999, name: "Pack", recurring: null });
      customer = (await stripe.customers.create({ email: "ada@example.com" })).id;
    });

    it("opens for a subscription: unpaid, with a page and 24 hours", async () => {
      const session = await stripe.checkout.sessions.create({
        mode: "subscription",
        line_items: [{ price: monthly.id, quantity: 1 }],
        customer,
        success_url,
        client_reference_id: "user_1",
        metadata: { from: "test" },
      });
      expect(session).toMatchObject({
        status: "open",
        payment_status: "unpaid",
        amount_total: 2_000,
        currency: "usd",
        client_reference_id: "user_1",
        subscription: null,
        ui_mode: "hosted_page",
      });
      expect(session.url).toMatch(/^https?:\/\//);
      expect(session.expires_at - session.created).toBe(86_400);
    });

    it("opens for a payment, with its line items when expanded", async () => {
      const session = await stripe.checkout.sessions.create({
        mode: "payment",
        line_items: [{ price: pack.id, quantity: 3 }],
        success_url,
        expand: ["line_items"],
      });
      expect(session).toMatchObject({ mode: "payment", amount_subtotal: 2_997, amount_total: 2_997 });
      expect(session.line_items?.data.map(({ quantity, amount_total }) => [quantity, amount_total])).toEqual([
        [3, 2_997],
      ]);
      const { data } = await stripe.checkout.sessions.listLineItems(session.id);
      expect(data[0]?.price?.id).toBe(pack.id);
      expect(session.line_items?.data[0]?.description).toBe("Pack");
    });

    it("opens for a card only, without amounts", async () => {
      const session = await stripe.checkout.sessions.create({
        mode: "setup",
        customer,
        currency: "usd",
        success_url,
      });
      expect(session).toMatchObject({
        mode: "setup",
        amount_total: null,
        payment_status: "no_payment_required",
      });
      expect(session.setup_intent).not.toBeNull();
    });

    it("makes up a price on the spot", async () => {
      const session = await stripe.checkout.sessions.create({
        mode: "payment",
        line_items: [
          {
            quantity: 2,
            price_data: { currency: "eur", unit_amount: 1_250, product_data: { name: "Ticket" } },
          },
        ],
        success_url,
      });
      expect(session).toMatchObject({ currency: "eur", amount_total: 2_500 });
    });

    it("takes a coupon off the total", async () => {
      const coupon = await stripe.coupons.create({ percent_off: 25, duration: "once" });
      const session = await stripe.checkout.sessions.create({
        mode: "payment",
        line_items: [{ price: pack.id, quantity: 4 }],
        discounts: [{ coupon: coupon.id }],
        success_url,
      });
      // 4 x 9.99 = 39.96, a quarter of it is 9.99.
      expect(session).toMatchObject({ amount_subtotal: 3_996, amount_total: 2_997 });
      expect(session.total_details?.amount_discount).toBe(999);
    });

    it("charges nothing today in a trial", async () => {
      const session = await stripe.checkout.sessions.create({
        mode: "subscription",
        line_items: [{ price: monthly.id, quantity: 1 }],
        subscription_data: { trial_period_days: 14 },
        success_url,
      });
      expect(session.amount_total).toBe(0);
    });

    it("expires when told to, and has no page then", async () => {
      const { id } = await stripe.checkout.sessions.create({
        mode: "payment",
        line_items: [{ price: pack.id, quantity: 1 }],
        success_url,
      });
      expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: "expired", url: null });
      expect((await refusal(stripe.checkout.sessions.expire(id))).statusCode).toBe(400);
    });

    it("refuses a one-time price alone in subscription mode, and a recurring one in payment mode", async () => {
      for (const [mode, price] of [
        ["subscription", pack.id],
        ["payment", monthly.id],
      ] as const) {
        const error = await refusal(
          stripe.checkout.sessions.create({ mode, line_items: [{ price, quantity: 1 }], success_url }),
        );
        expect(error.statusCode).toBe(400);
      }
    });

    it("lists the sessions of a customer", async () => {
      const { data } = await stripe.checkout.sessions.list({ customer });
      expect(data.map(({ mode }) => mode)).toEqual(["setup", "subscription"]);
    });

    it("changes a session's metadata", async () => {
      const [first] = (await stripe.checkout.sessions.list({ customer, limit: 1 })).data;
      const changed = await stripe.checkout.sessions.update(idOf(first), { metadata: { a: "1" } });
      expect(changed.metadata).toEqual({ a: "1" });
    });
  });

  describe("the billing portal", () => {
    let customer: string;
    let configuration: Stripe.BillingPortal.Configuration;
    beforeAll(async () => {
      customer = (await stripe.customers.create({ email: "ada@example.com" })).id;
    });

    it("is configured by features", async () => {
      configuration = await stripe.billingPortal.configurations.create({
        business_profile: { headline: "Acme" },
        features: {
          invoice_history: { enabled: true },
          payment_method_update: { enabled: true },
          subscription_cancel: { enabled: true, mode: "at_period_end" },
        },
      });
      expect(configuration).toMatchObject({ active: true, business_profile: { headline: "Acme" } });
      expect(configuration.features.subscription_cancel).toMatchObject({
        enabled: true,
        mode: "at_period_end",
      });
      expect(configuration.features.subscription_update.enabled).toBe(false);
    });

    it("opens for a customer", async () => {
      const session = await stripe.billingPortal.sessions.create({
        customer,
        configuration: configuration.id,
        return_url: "https://app.example.com/billing",
      });
      expect(session).toMatchObject({ customer, configuration: configuration.id, flow: null });
      expect(session.url).toMatch(/^https?:\/\//);
    });

    it("opens at a step", async () => {
      const session = await stripe.billingPortal.sessions.create({
        customer,
        configuration: configuration.id,
        flow_data: {
          type: "payment_method_update",
          after_completion: { type: "redirect", redirect: { return_url: "https://app.example.com/done" } },
        },
      });
      expect(session.flow?.type).toBe("payment_method_update");
      expect(session.flow?.after_completion).toMatchObject({
        type: "redirect",
        redirect: { return_url: "https://app.example.com/done" },
      });
    });

    it("is switched off", async () => {
      const off = await stripe.billingPortal.configurations.update(configuration.id, { active: false });
      expect(off.active).toBe(false);
      const error = await refusal(
        stripe.billingPortal.sessions.create({ customer, configuration: configuration.id }),
      );
      expect(error.statusCode).toBe(400);
    });
  });

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
      const { data } = await stripe.events.list({ type: "customer.created", limit: 10 });
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
