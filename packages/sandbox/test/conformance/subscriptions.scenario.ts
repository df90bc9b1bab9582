import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { invoicesOf, latestInvoice, lineAmounts, newClockedCustomer, newPrice, useCard } from "./fixtures.js";
import { at, day, expanded, idOf, itemOf, refusal, type Target } from "./target.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Subscriptions from the first invoice to the last: periods, changes, trials, discounts, usage, cancellation. */
export function subscriptions(target: Target): void {
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

  describe("an upgrade from 20.00 to 50.00 at the middle of April", () => {
    let small: Stripe.Price;
    let large: Stripe.Price;
    beforeAll(async () => {
      small = await newPrice(target, { amount: 2_000, name: "Basic" });
      large = await newPrice(target, { amount: 5_000, name: "Team" });
    });

    async function upgrade(proration_behavior: "create_prorations" | "always_invoice" | "none") {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
      await target.advance(clock, at("2027-04-16"));
      const changed = await stripe.subscriptions.update(created.id, {
        items: [{ id: itemOf(created).id, price: large.id }],
        proration_behavior,
      });
      return { customer, clock, changed };
    }

    it("is previewed as 15.00 now, and nothing changes", async () => {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
      await target.advance(clock, at("2027-04-16"));
      const preview = await stripe.invoices.createPreview({
        customer,
        subscription: created.id,
        subscription_details: {
          items: [{ id: itemOf(created).id, price: large.id }],
          proration_behavior: "always_invoice",
          proration_date: at("2027-04-16"),
        },
      });
      expect(preview).toMatchObject({ total: 1_500, amount_due: 1_500 });
      expect(lineAmounts(preview).sort((a, b) => a - b)).toEqual([-1_000, 2_500]);
      expect(itemOf(await stripe.subscriptions.retrieve(created.id)).price.id).toBe(small.id);
      expect(await invoicesOf(target, created.id)).toHaveLength(1);
    });

    it("charges 15.00 at once with always_invoice: -10.00 and 25.00, and 50.00 in May", async () => {
      const { clock, changed } = await upgrade("always_invoice");
      expect(itemOf(changed).price.id).toBe(large.id);
      const invoice = await latestInvoice(target, changed.id);
      expect(invoice).toMatchObject({ status: "paid", total: 1_500, billing_reason: "subscription_update" });
      const byAmount = invoice.lines.data.toSorted((a, b) => a.amount - b.amount);
      expect(byAmount.map(({ amount, description }) => [amount, description])).toEqual([
        [-1_000, "Unused time on Basic after 16 Apr 2027"],
        [2_500, "Remaining time on Team after 16 Apr 2027"],
      ]);
      expect(byAmount[0]?.period).toEqual({ start: at("2027-04-16"), end: at("2027-05-01") });
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await latestInvoice(target, changed.id)).toMatchObject({ status: "paid", total: 5_000 });
    });

    it("keeps both lines for May with create_prorations: 65.00", async () => {
      const { customer, clock, changed } = await upgrade("create_prorations");
      const pending = await stripe.invoiceItems.list({ customer, pending: true });
      expect(pending.data.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-1_000, 2_500]);
      expect(pending.data.every(({ proration }) => proration)).toBe(true);
      expect(await invoicesOf(target, changed.id)).toHaveLength(1);
      await target.advance(clock, at("2027-05-01") + HOUR);
      const invoice = await latestInvoice(target, changed.id);
      expect(invoice).toMatchObject({ status: "paid", total: 6_500 });
      expect(lineAmounts(invoice).sort((a, b) => a - b)).toEqual([-1_000, 2_500, 5_000]);
    });

    it("costs nothing until May with none: 50.00 then", async () => {
      const { clock, changed } = await upgrade("none");
      expect(await invoicesOf(target, changed.id)).toHaveLength(1);
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await latestInvoice(target, changed.id)).toMatchObject({ total: 5_000 });
    });

    it("gives credit for a downgrade and never money: -15.00 to the balance", async () => {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: large.id }] });
      await target.advance(clock, at("2027-04-16"));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: itemOf(created).id, price: small.id }],
        proration_behavior: "always_invoice",
      });
      expect(await latestInvoice(target, created.id)).toMatchObject({
        status: "paid",
        total: -1_500,
        amount_due: 0,
      });
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_500 });
      // 20.00 in May less the credit of 15.00.
      await target.advance(clock, at("2027-05-01") + HOUR);
      expect(await latestInvoice(target, created.id)).toMatchObject({
        total: 2_000,
        amount_due: 500,
        amount_paid: 500,
      });
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
    });

    async function withFailingCard() {
      const owner = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({
        customer: owner.customer,
        items: [{ price: small.id }],
      });
      await useCard(stripe, owner.customer, "pm_card_chargeCustomerFail");
      await target.advance(owner.clock, at("2027-04-16"));
      const upgradeWith = (payment_behavior: "error_if_incomplete" | "pending_if_incomplete") =>
        stripe.subscriptions.update(created.id, {
          items: [{ id: itemOf(created).id, price: large.id }],
          proration_behavior: "always_invoice",
          payment_behavior,
        });
      return { ...owner, id: created.id, upgradeWith };
    }

    it("is refused whole when it cannot be paid, with error_if_incomplete", async () => {
      const { id, upgradeWith } = await withFailingCard();
      expect((await refusal(upgradeWith("error_if_incomplete"))).statusCode).toBe(402);
      const after = await stripe.subscriptions.retrieve(id);
      expect(after.status).toBe("active");
      expect(itemOf(after).price.id).toBe(small.id);
      expect(await invoicesOf(target, id)).toHaveLength(1);
    });

    it("waits for its payment with pending_if_incomplete, and is applied when it is paid", async () => {
      const { id, customer, upgradeWith } = await withFailingCard();
      const waiting = await upgradeWith("pending_if_incomplete");
      expect(waiting.status).toBe("active");
      expect(itemOf(waiting).price.id).toBe(small.id);
      expect(waiting.pending_update?.expires_at).toBe(at("2027-04-16") + 23 * HOUR);
      const good = await useCard(stripe, customer, "pm_card_visa");
      await stripe.invoices.pay(idOf(waiting.latest_invoice), { payment_method: good });
      const after = await stripe.subscriptions.retrieve(id);
      expect(after.pending_update).toBeNull();
      expect(itemOf(after).price.id).toBe(large.id);
    });

    it("is dropped after 23 hours without payment, and its invoice is void", async () => {
      const { id, clock, upgradeWith } = await withFailingCard();
      const waiting = await upgradeWith("pending_if_incomplete");
      await target.advance(clock, at("2027-04-17") + HOUR);
      const after = await stripe.subscriptions.retrieve(id);
      expect(after).toMatchObject({ status: "active", pending_update: null });
      expect(itemOf(after).price.id).toBe(small.id);
      expect((await stripe.invoices.retrieve(idOf(waiting.latest_invoice))).status).toBe("void");
    });
  });

  describe("a change back and forth under flexible billing", () => {
    it("credits what was debited: 10.00, then 20.00 unbilled, then back: 0.00", async () => {
      // Stripe, "Prorations": classic billing would give -3.34.
      const ten = await newPrice(target, { amount: 1_000 });
      const twenty = await newPrice(target, { amount: 2_000 });
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const created = await stripe.subscriptions.create({ customer, items: [{ price: ten.id }] });
      const item = itemOf(created).id;
      await target.advance(clock, at("2027-04-11"));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: item, price: twenty.id }],
        proration_behavior: "none",
      });
      await target.advance(clock, at("2027-04-21"));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: item, price: ten.id }],
        proration_behavior: "create_prorations",
      });
      const pending = await stripe.invoiceItems.list({ customer, pending: true });
      expect(pending.data.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
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
