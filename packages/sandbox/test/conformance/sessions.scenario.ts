import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { newPrice } from "./fixtures.js";
import { idOf, refusal, type Target } from "./target.js";

const success_url = "https://app.example.com/done?session={CHECKOUT_SESSION_ID}";

/** Checkout and portal sessions as the API makes them. */
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
      expect(session.url).toMatch(/^https?:\/\//);
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

    it("leaves a recovery link behind when it expires, for 30 days", async () => {
      const { id } = await stripe.checkout.sessions.create({
        mode: "payment",
        line_items: [{ price: pack.id, quantity: 1 }],
        success_url: "https://example.com/done",
        after_expiration: { recovery: { enabled: true, allow_promotion_codes: true } },
      });
      const expired = await stripe.checkout.sessions.expire(id);
      expect(expired.recovered_from).toBeNull();
      expect(expired.after_expiration?.recovery).toMatchObject({
        enabled: true,
        allow_promotion_codes: true,
      });
      expect(expired.after_expiration?.recovery?.url).toMatch(/^https?:/);
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
}
