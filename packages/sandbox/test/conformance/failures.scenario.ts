import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import {
  invoicesOf,
  latestInvoice,
  newClockedCustomer,
  newPrice,
  newSubscription,
  useCard,
} from "./fixtures.js";
import { at, expanded, idOf, refusal, type Target } from "./target.js";

const HOUR = 3_600;

/** Payments that fail: renewals and their retries, first payments and their payment behaviours. */
export function failures(target: Target): void {
  const { stripe } = target;
  let price: Stripe.Price;
  beforeAll(async () => {
    price = await newPrice(target, { amount: 2_000 });
  });
  const subscribed = (card?: string, params?: Partial<Stripe.SubscriptionCreateParams>) =>
    newSubscription(target, { price: price.id, ...(card ? { card } : {}), ...(params ? { params } : {}) });

  describe("a renewal that fails", () => {
    let owner: { id: string; customer: string; clock: string };
    let failed: Stripe.Invoice;

    it("makes the subscription past due and plans the next attempt", async () => {
      owner = await subscribed();
      await useCard(stripe, owner.customer, "pm_card_chargeCustomerFail");
      await target.advance(owner.clock, at("2027-05-01") + 2 * HOUR);
      expect((await stripe.subscriptions.retrieve(owner.id)).status).toBe("past_due");
      failed = await latestInvoice(target, owner.id);
      expect(failed).toMatchObject({
        status: "open",
        attempted: true,
        attempt_count: 1,
        amount_remaining: 2_000,
      });
      expect(failed.next_payment_attempt).toBeGreaterThan(at("2027-05-01"));
    });

    it("tries again by itself", async () => {
      await target.advance(owner.clock, (failed.next_payment_attempt ?? 0) + HOUR);
      const again = await stripe.invoices.retrieve(failed.id ?? "");
      expect(again).toMatchObject({ status: "open", attempt_count: 2 });
    });

    it("is active again when the invoice is paid with another card", async () => {
      const card = await useCard(stripe, owner.customer, "pm_card_visa");
      const paid = await stripe.invoices.pay(failed.id ?? "", { payment_method: card });
      expect(paid).toMatchObject({ status: "paid", next_payment_attempt: null });
      expect((await stripe.subscriptions.retrieve(owner.id)).status).toBe("active");
    });

    it("ends the subscription after the last attempt, for the reason payment_failed", async () => {
      const lost = await subscribed();
      await useCard(stripe, lost.customer, "pm_card_chargeCustomerFail");
      await target.advance(lost.clock, at("2027-05-31"));
      const ended = await stripe.subscriptions.retrieve(lost.id);
      expect(ended.status).toBe("canceled");
      expect(ended.cancellation_details?.reason).toBe("payment_failed");
      expect((await invoicesOf(target, lost.id)).map(({ status }) => status)).toEqual(["paid", "open"]);
    });

    it("is active again when the debt is given up", async () => {
      const other = await subscribed();
      await useCard(stripe, other.customer, "pm_card_chargeCustomerFail");
      await target.advance(other.clock, at("2027-05-01") + 2 * HOUR);
      await stripe.invoices.markUncollectible(
        idOf((await stripe.subscriptions.retrieve(other.id)).latest_invoice),
      );
      expect((await stripe.subscriptions.retrieve(other.id)).status).toBe("active");
    });
  });

  describe("a first payment", () => {
    it("waits for the customer with default_incomplete, and activates when paid", async () => {
      const { subscription } = await subscribed("pm_card_visa", {
        payment_behavior: "default_incomplete",
        expand: ["latest_invoice.confirmation_secret", "latest_invoice.payments"],
      });
      expect(subscription.status).toBe("incomplete");
      const invoice = expanded(subscription.latest_invoice);
      expect(invoice).toMatchObject({ status: "open", amount_due: 2_000 });
      expect(invoice.confirmation_secret?.client_secret).toMatch(/^pi_.+_secret_/);
      const intent = idOf(invoice.payments?.data[0]?.payment.payment_intent);
      const paid = await stripe.paymentIntents.confirm(intent, { payment_method: "pm_card_visa" });
      expect(paid.status).toBe("succeeded");
      expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
    });

    it("leaves an incomplete subscription when the card fails", async () => {
      const { subscription } = await subscribed("pm_card_chargeCustomerFail");
      expect(subscription.status).toBe("incomplete");
      expect(await latestInvoice(target, subscription.id)).toMatchObject({
        status: "open",
        attempt_count: 1,
      });
    });

    it("expires after 23 hours, and the invoice is void", async () => {
      const { id, clock } = await subscribed("pm_card_chargeCustomerFail");
      await target.advance(clock, at("2027-04-01") + 22 * HOUR);
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("incomplete");
      await target.advance(clock, at("2027-04-02"));
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("incomplete_expired");
      expect((await latestInvoice(target, id)).status).toBe("void");
    });

    it("creates nothing with error_if_incomplete: 402", async () => {
      const { customer } = await newClockedCustomer(target, {
        start: "2027-04-01",
        card: "pm_card_chargeCustomerFail",
      });
      const error = await refusal(
        stripe.subscriptions.create({
          customer,
          items: [{ price: price.id }],
          payment_behavior: "error_if_incomplete",
        }),
      );
      expect(error.statusCode).toBe(402);
      expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
      expect((await stripe.invoices.list({ customer })).data).toEqual([]);
    });

    it("is refused without any card: 400", async () => {
      const { customer } = await newClockedCustomer(target, { start: "2027-04-01", card: null });
      const error = await refusal(stripe.subscriptions.create({ customer, items: [{ price: price.id }] }));
      expect(error.statusCode).toBe(400);
    });

    it("is asked for by invoice, active at once and past due when it is late", async () => {
      const { id, clock, subscription } = await subscribed("pm_card_visa", {
        collection_method: "send_invoice",
        days_until_due: 10,
      });
      expect(subscription.status).toBe("active");
      await target.advance(clock, at("2027-04-01") + 2 * HOUR);
      expect(await latestInvoice(target, id)).toMatchObject({ status: "open", amount_due: 2_000 });
      await target.advance(clock, at("2027-04-13"));
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    });
  });
}
