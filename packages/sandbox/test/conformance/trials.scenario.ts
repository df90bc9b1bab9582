import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { invoicesOf, latestInvoice, lineAmounts, newClockedCustomer, newPrice, useCard } from "./fixtures.js";
import { at, day, itemOf, type Target } from "./target.js";

const HOUR = 3_600;
const DAY = 24 * 3_600;

/** What is free at first or paid afterwards: trials and metered usage. */
export function trials(target: Target): void {
  const { stripe } = target;

  describe("a trial of 14 days, then 20.00", () => {
    let customer: string;
    let clock: string;
    let subscription: Stripe.Subscription;

    it("starts free, with a paid invoice of 0.00", async () => {
      const price = await newPrice(target, { amount: 2_000 });
      ({ customer, clock } = await newClockedCustomer(target, { start: "2027-03-01" }));
      subscription = await stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        trial_period_days: 14,
      });
      expect(subscription).toMatchObject({ status: "trialing", trial_end: at("2027-03-15") });
      expect(itemOf(subscription).current_period_end).toBe(at("2027-03-15"));
      const invoice = await latestInvoice(target, subscription.id);
      expect(invoice).toMatchObject({ status: "paid", total: 0, amount_paid: 0 });
      expect(invoice.lines.data[0]?.description).toBe("Free trial for 1 × Pro");
    });

    it("becomes active on 15 March and charges 20.00 an hour later", async () => {
      await target.advance(clock, at("2027-03-15") + HOUR);
      const active = await stripe.subscriptions.retrieve(subscription.id);
      expect(active.status).toBe("active");
      expect(day(itemOf(active).current_period_end)).toBe("2027-04-15");
      expect(await latestInvoice(target, subscription.id)).toMatchObject({ status: "paid", total: 2_000 });
    });

    it("ends at once when told to, and bills from then", async () => {
      const price = await newPrice(target, { amount: 2_000 });
      const other = await newClockedCustomer(target, { start: "2027-03-01" });
      const created = await stripe.subscriptions.create({
        customer: other.customer,
        items: [{ price: price.id }],
        trial_end: at("2027-03-20"),
      });
      expect(created.status).toBe("trialing");
      await target.advance(other.clock, at("2027-03-05"));
      const ended = await stripe.subscriptions.update(created.id, { trial_end: "now" });
      expect(ended.status).toBe("active");
      expect(day(itemOf(ended).current_period_start)).toBe("2027-03-05");
      expect(await latestInvoice(target, created.id)).toMatchObject({ status: "paid", total: 2_000 });
    });

    async function trialWithoutCard(missing_payment_method: "cancel" | "pause" | "create_invoice") {
      const price = await newPrice(target, { amount: 2_000 });
      const other = await newClockedCustomer(target, { start: "2027-03-01", card: null });
      const { id } = await stripe.subscriptions.create({
        customer: other.customer,
        items: [{ price: price.id }],
        trial_period_days: 7,
        trial_settings: { end_behavior: { missing_payment_method } },
      });
      await target.advance(other.clock, at("2027-03-08") + 2 * HOUR);
      return { ...other, subscription: await stripe.subscriptions.retrieve(id) };
    }

    it("is canceled without a card where that is set, and never billed", async () => {
      const { subscription: ended } = await trialWithoutCard("cancel");
      expect(ended).toMatchObject({ status: "canceled", ended_at: at("2027-03-08") });
      expect((await invoicesOf(target, ended.id)).map(({ total }) => total)).toEqual([0]);
    });

    it("is paused without a card where that is set, and resumes with one", async () => {
      const { subscription: paused, customer: owner } = await trialWithoutCard("pause");
      expect(paused.status).toBe("paused");
      await useCard(stripe, owner, "pm_card_visa");
      await stripe.subscriptions.resume(paused.id, {
        billing_cycle_anchor: { type: "now" },
        payment_behavior: "resume_on_payment_success",
      } as Stripe.SubscriptionResumeParams);
      expect((await stripe.subscriptions.retrieve(paused.id)).status).toBe("active");
    });

    it("is billed without a card by default, and past due", async () => {
      const { subscription: unpaid } = await trialWithoutCard("create_invoice");
      expect(unpaid.status).toBe("past_due");
      expect(await latestInvoice(target, unpaid.id)).toMatchObject({ status: "open", amount_due: 2_000 });
    });
  });

  describe("usage of 106.5 units at 0.10 over 100 included", () => {
    it("is billed in arrears as 0.65", async () => {
      const meter = await stripe.billing.meters.create({
        display_name: "Units",
        event_name: `units_${Date.now().toString(36)}`,
        default_aggregation: { formula: "sum" },
      });
      const product = await stripe.products.create({ name: "Units" });
      const price = await stripe.prices.create({
        product: product.id,
        currency: "usd",
        billing_scheme: "tiered",
        tiers_mode: "graduated",
        recurring: { interval: "month", usage_type: "metered", meter: meter.id },
        tiers: [
          { up_to: 100, unit_amount: 0 },
          { up_to: "inf", unit_amount: 10 },
        ],
      });
      const { customer, clock, start } = await newClockedCustomer(target, { start: "2027-04-01" });
      const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
      expect((await invoicesOf(target, id)).map(({ total }) => total)).toEqual([0]);
      await target.advance(clock, start + 2 * DAY);
      for (const value of ["100.1", "6.4"]) {
        await stripe.billing.meterEvents.create({
          event_name: meter.event_name,
          payload: { stripe_customer_id: customer, value },
          timestamp: start + DAY,
        });
      }
      const { data } = await stripe.billing.meters.listEventSummaries(meter.id, {
        customer,
        start_time: at("2027-04-01"),
        end_time: at("2027-05-01"),
      });
      expect(data.map(({ aggregated_value }) => aggregated_value)).toEqual([106.5]);
      await target.advance(clock, at("2027-05-01") + HOUR);
      const invoice = await latestInvoice(target, id);
      expect(invoice).toMatchObject({ status: "paid", total: 65 });
      expect(lineAmounts(invoice).filter((amount) => amount !== 0)).toEqual([65]);
    });
  });
}
