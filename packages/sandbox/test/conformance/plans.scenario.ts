import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { invoicesOf, latestInvoice, lineAmounts, newClockedCustomer, newPrice } from "./fixtures.js";
import { at, day, expanded, itemOf, type Target } from "./target.js";

const HOUR = 3_600;

/** A plan from its first invoice on: periods, discounts, trials, usage, currencies. */
export function plans(target: Target): void {
  const { stripe } = target;

  describe("a monthly plan of 20.00", () => {
    let customer: string;
    let clock: string;
    let subscription: Stripe.Subscription;
    let price: Stripe.Price;
    beforeAll(async () => {
      price = await newPrice(target, { amount: 2_000 });
      ({ customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" }));
    });

    it("is active at once, for April, under flexible billing", async () => {
      subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
      expect(subscription).toMatchObject({
        status: "active",
        cancel_at_period_end: false,
        collection_method: "charge_automatically",
      });
      expect(subscription.billing_mode.type).toBe("flexible");
      const item = itemOf(subscription);
      expect([item.current_period_start, item.current_period_end]).toEqual([
        at("2027-04-01"),
        at("2027-05-01"),
      ]);
      expect(item.quantity).toBe(1);
    });

    it("has a paid first invoice of one line", async () => {
      const invoice = await latestInvoice(target, subscription.id);
      expect(invoice).toMatchObject({
        status: "paid",
        total: 2_000,
        amount_paid: 2_000,
        billing_reason: "subscription_create",
      });
      expect(invoice.parent?.subscription_details?.subscription).toBe(subscription.id);
      const [line] = invoice.lines.data;
      expect(line).toMatchObject({ amount: 2_000, quantity: 1, description: "1 × Pro (at $20.00 / month)" });
      expect(line?.period).toEqual({ start: at("2027-04-01"), end: at("2027-05-01") });
      expect(line?.pricing?.price_details).toMatchObject({ price: price.id, product: price.product });
    });

    it("renews on 1 May with a draft that is charged an hour later", async () => {
      await target.advance(clock, at("2027-05-01"));
      expect(itemOf(await stripe.subscriptions.retrieve(subscription.id)).current_period_end).toBe(
        at("2027-06-01"),
      );
      const draft = await latestInvoice(target, subscription.id);
      expect(draft).toMatchObject({
        status: "draft",
        total: 2_000,
        billing_reason: "subscription_cycle",
        attempted: false,
      });
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await stripe.invoices.retrieve(draft.id ?? "")).toMatchObject({
        status: "paid",
        amount_paid: 2_000,
      });
    });

    it("charges three seats for the rest of May and from June on", async () => {
      // 16 May is 16 of 31 days before the end: 20.00 x 16/31 = 10.3226, three seats 30.9677.
      await target.advance(clock, at("2027-05-16"));
      const item = itemOf(subscription);
      const changed = await stripe.subscriptions.update(subscription.id, {
        items: [{ id: item.id, quantity: 3 }],
        proration_behavior: "always_invoice",
      });
      expect(itemOf(changed).quantity).toBe(3);
      const invoice = await latestInvoice(target, subscription.id);
      expect(invoice).toMatchObject({
        status: "paid",
        billing_reason: "subscription_update",
        total: 3_097 - 1_032,
      });
      expect(lineAmounts(invoice).sort((a, b) => a - b)).toEqual([-1_032, 3_097]);
    });

    it("renews for three seats: 60.00", async () => {
      await target.advance(clock, at("2027-06-01") + HOUR);
      expect(await latestInvoice(target, subscription.id)).toMatchObject({ status: "paid", total: 6_000 });
    });

    it("has been billed four times, for periods that follow each other", async () => {
      const cycles = (await invoicesOf(target, subscription.id)).filter(
        (one) => one.billing_reason !== "subscription_update",
      );
      const periods = cycles.map((invoice) => invoice.lines.data[0]?.period);
      expect(periods.map((period) => day(period?.start))).toEqual(["2027-04-01", "2027-05-01", "2027-06-01"]);
      expect(periods.map((period) => day(period?.end))).toEqual(["2027-05-01", "2027-06-01", "2027-07-01"]);
    });

    it("is listed for its customer and its price", async () => {
      expect((await stripe.subscriptions.list({ customer })).data.map(({ id }) => id)).toEqual([
        subscription.id,
      ]);
      expect(
        (await stripe.subscriptions.list({ customer, price: price.id, status: "active" })).data,
      ).toHaveLength(1);
    });

    it("merges its metadata without an invoice", async () => {
      const before = (await invoicesOf(target, subscription.id)).length;
      const changed = await stripe.subscriptions.update(subscription.id, { metadata: { note: "1" } });
      expect(changed.metadata).toEqual({ note: "1" });
      expect(await invoicesOf(target, subscription.id)).toHaveLength(before);
    });
  });

  describe("an anchor on 31 January", () => {
    it("falls on 28 February, 31 March, 30 April, and back on 31 May", async () => {
      const price = await newPrice(target, { amount: 1_000 });
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-01-31" });
      const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
      const ends = [day(itemOf(await stripe.subscriptions.retrieve(id)).current_period_end)];
      for (const end of ["2027-02-28", "2027-03-31", "2027-04-30"]) {
        await target.advance(clock, at(end) + HOUR);
        ends.push(day(itemOf(await stripe.subscriptions.retrieve(id)).current_period_end));
      }
      expect(ends).toEqual(["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]);
    });
  });

  describe("a coupon of 50 % for 3 months", () => {
    it("takes 10.00 off 20.00 three times, then nothing", async () => {
      const price = await newPrice(target, { amount: 2_000 });
      const coupon = await stripe.coupons.create({
        percent_off: 50,
        duration: "repeating",
        duration_in_months: 3,
      });
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-01-10" });
      const { id, discounts } = await stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        discounts: [{ coupon: coupon.id }],
        expand: ["discounts"],
      });
      const [discount] = discounts;
      expect(day(expanded(discount).end)).toBe("2027-04-10");
      for (const month of ["2027-02-10", "2027-03-10", "2027-04-10"])
        await target.advance(clock, at(month) + HOUR);
      const invoices = await invoicesOf(target, id);
      expect(invoices.map(({ subtotal }) => subtotal)).toEqual([2_000, 2_000, 2_000, 2_000]);
      expect(invoices.map(({ total }) => total)).toEqual([1_000, 1_000, 1_000, 2_000]);
      expect(invoices[0]?.total_discount_amounts?.map(({ amount }) => amount)).toEqual([1_000]);
      expect((await stripe.subscriptions.retrieve(id)).discounts).toEqual([]);
    });
  });

  describe("a coupon of 5.00 once", () => {
    it("takes 5.00 off the first invoice only, and counts its redemption", async () => {
      const price = await newPrice(target, { amount: 2_000 });
      const coupon = await stripe.coupons.create({ amount_off: 500, currency: "usd", duration: "once" });
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-01-10" });
      const { id } = await stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        discounts: [{ coupon: coupon.id }],
      });
      await target.advance(clock, at("2027-02-10") + HOUR);
      expect((await invoicesOf(target, id)).map(({ total }) => total)).toEqual([1_500, 2_000]);
      expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    });
  });

  describe("JPY 500 a month", () => {
    it("is billed as 500, and 250 for half a month", async () => {
      const price = await newPrice(target, { amount: 500, currency: "jpy" });
      const double = await newPrice(target, { amount: 1_000, currency: "jpy" });
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
      expect(await latestInvoice(target, created.id)).toMatchObject({
        total: 500,
        currency: "jpy",
        amount_paid: 500,
      });
      await target.advance(clock, at("2027-04-16"));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: itemOf(created).id, price: double.id }],
        proration_behavior: "always_invoice",
      });
      expect(await latestInvoice(target, created.id)).toMatchObject({ total: 250, amount_paid: 250 });
    });
  });
}
