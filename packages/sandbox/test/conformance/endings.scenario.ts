import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { invoicesOf, latestInvoice, lineAmounts, newClockedCustomer, newPrice, useCard } from "./fixtures.js";
import { at, day, expanded, idOf, itemOf, refusal, type Target } from "./target.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** How subscriptions end, fail, pause and change by plan: cancellation, dunning, first payments, schedules. */
export function endings(target: Target): void {
  const { stripe } = target;
  let price: Stripe.Price;
  beforeAll(async () => {
    price = await newPrice(target, { amount: 2_000 });
  });

  async function subscribed(card = "pm_card_visa", params: Partial<Stripe.SubscriptionCreateParams> = {}) {
    const owner = await newClockedCustomer(target, { start: "2027-04-01", card });
    const subscription = await stripe.subscriptions.create({
      customer: owner.customer,
      items: [{ price: price.id }],
      ...params,
    });
    return { ...owner, id: subscription.id, subscription };
  }

  describe("a cancellation at the period's end", () => {
    let clock: string;
    let id: string;

    it("leaves the status and says when it ends", async () => {
      ({ id, clock } = await subscribed());
      const set = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
      expect(set).toMatchObject({
        status: "active",
        cancel_at_period_end: true,
        cancel_at: at("2027-05-01"),
      });
      expect(set.canceled_at).toBe(at("2027-04-01"));
      expect(set.cancellation_details?.reason).toBe("cancellation_requested");
    });

    it("can be taken back", async () => {
      const back = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
      expect(back).toMatchObject({ cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    });

    it("ends on 1 May without another invoice", async () => {
      await stripe.subscriptions.update(id, { cancel_at_period_end: true });
      await target.advance(clock, at("2027-05-01") + HOUR);
      const ended = await stripe.subscriptions.retrieve(id);
      expect(ended).toMatchObject({ status: "canceled", ended_at: at("2027-05-01") });
      expect(await invoicesOf(target, id)).toHaveLength(1);
    });

    it("never renews after that", async () => {
      await target.advance(clock, at("2027-06-15"));
      expect(await invoicesOf(target, id)).toHaveLength(1);
    });

    it("refuses to bring it back", async () => {
      expect(
        (await refusal(stripe.subscriptions.update(id, { cancel_at_period_end: false }))).statusCode,
      ).toBe(400);
    });

    it("leaves it out of lists, unless they ask for canceled ones", async () => {
      const customer = idOf((await stripe.subscriptions.retrieve(id)).customer);
      expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
      expect((await stripe.subscriptions.list({ customer, status: "canceled" })).data).toHaveLength(1);
      expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toHaveLength(1);
    });
  });

  describe("a cancellation at once", () => {
    it("ends it now, with no credit and no invoice", async () => {
      const { id, customer, clock } = await subscribed();
      await target.advance(clock, at("2027-04-16"));
      const ended = await stripe.subscriptions.cancel(id);
      expect(ended).toMatchObject({
        status: "canceled",
        ended_at: at("2027-04-16"),
        canceled_at: at("2027-04-16"),
      });
      expect(await invoicesOf(target, id)).toHaveLength(1);
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
    });

    it("gives 10.00 credit for half of April when asked to prorate and invoice", async () => {
      const { id, customer, clock } = await subscribed();
      await target.advance(clock, at("2027-04-16"));
      await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true });
      expect(lineAmounts(await latestInvoice(target, id))).toEqual([-1_000]);
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_000 });
    });

    it("keeps the reason that was given", async () => {
      const { id } = await subscribed();
      const ended = await stripe.subscriptions.cancel(id, {
        cancellation_details: { comment: "bye", feedback: "too_expensive" },
      });
      expect(ended.cancellation_details).toEqual({
        comment: "bye",
        feedback: "too_expensive",
        reason: "cancellation_requested",
      });
    });

    it("happens to all of a customer's subscriptions when the customer is deleted", async () => {
      const { id, customer } = await subscribed();
      await stripe.customers.del(customer);
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
    });
  });

  describe("a cancellation on a date", () => {
    it("shortens the last period and credits the rest: 5 of 30 days of 20.00 is 3.33", async () => {
      const { id, customer, clock } = await subscribed();
      const set = await stripe.subscriptions.update(id, { cancel_at: at("2027-04-26") });
      expect(set.cancel_at).toBe(at("2027-04-26"));
      expect(itemOf(set).current_period_end).toBe(at("2027-04-26"));
      const pending = await stripe.invoiceItems.list({ customer, pending: true });
      expect(pending.data.map(({ amount }) => amount)).toEqual([-333]);
      await target.advance(clock, at("2027-04-26") + HOUR);
      expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
        status: "canceled",
        ended_at: at("2027-04-26"),
      });
    });
  });

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

  describe("collection on hold", () => {
    it("voids what falls due meanwhile and leaves the status alone", async () => {
      const { id, clock } = await subscribed();
      const held = await stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } });
      expect(held).toMatchObject({
        status: "active",
        pause_collection: { behavior: "void", resumes_at: null },
      });
      await target.advance(clock, at("2027-05-01") + 2 * HOUR);
      expect(await latestInvoice(target, id)).toMatchObject({ status: "void" });
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    });

    it("charges again when it is taken off", async () => {
      const { id, clock } = await subscribed();
      await stripe.subscriptions.update(id, { pause_collection: { behavior: "keep_as_draft" } });
      const free = await stripe.subscriptions.update(id, { pause_collection: "" });
      expect(free.pause_collection).toBeNull();
      await target.advance(clock, at("2027-05-01") + 2 * HOUR);
      expect(await latestInvoice(target, id)).toMatchObject({ status: "paid", total: 2_000 });
    });
  });

  describe("several items", () => {
    let owner: { id: string; clock: string };
    let seat: Stripe.Price;

    it("adds an item for the rest of the period", async () => {
      seat = await newPrice(target, { amount: 600, name: "Seat" });
      owner = await subscribed();
      await target.advance(owner.clock, at("2027-04-16"));
      const changed = await stripe.subscriptions.update(owner.id, {
        items: [{ price: seat.id, quantity: 2 }],
        proration_behavior: "always_invoice",
      });
      expect(changed.items.data).toHaveLength(2);
      // Two seats of 6.00 for half of April.
      expect(await latestInvoice(target, owner.id)).toMatchObject({ total: 600 });
    });

    it("bills both for May: 20.00 and two of 6.00", async () => {
      await target.advance(owner.clock, at("2027-05-01") + HOUR);
      const invoice = await latestInvoice(target, owner.id);
      expect(invoice.total).toBe(3_200);
      expect(lineAmounts(invoice).sort((a, b) => a - b)).toEqual([1_200, 2_000]);
    });

    it("removes an item", async () => {
      const { data } = await stripe.subscriptionItems.list({ subscription: owner.id });
      const extra = data.find((item) => item.price.id === seat.id);
      await stripe.subscriptionItems.del(idOf(extra), { proration_behavior: "none" });
      expect((await stripe.subscriptions.retrieve(owner.id)).items.data).toHaveLength(1);
    });

    it("refuses a price that is there already, and one in another currency", async () => {
      const euro = await newPrice(target, { amount: 100, currency: "eur" });
      for (const other of [price.id, euro.id]) {
        const error = await refusal(stripe.subscriptions.update(owner.id, { items: [{ price: other }] }));
        expect(error.statusCode).toBe(400);
      }
    });
  });

  describe("an anchor on the 15th", () => {
    it("bills 14 of 31 days first: 9.03, then 20.00 on the 15th", async () => {
      // The full period that the first one is a part of is 15 March to 15 April: 31 days, 14 of them left.
      const { id, clock, subscription } = await subscribed("pm_card_visa", {
        billing_cycle_anchor_config: { day_of_month: 15 },
      });
      expect(day(itemOf(subscription).current_period_end)).toBe("2027-04-15");
      // 20.00 x 14/31 = 9.0323.
      expect(await latestInvoice(target, id)).toMatchObject({ status: "paid", total: 903 });
      await target.advance(clock, at("2027-04-15") + HOUR);
      expect(await latestInvoice(target, id)).toMatchObject({ status: "paid", total: 2_000 });
    });
  });

  describe("a schedule", () => {
    let owner: { id: string; clock: string };
    let cheap: Stripe.Price;
    let schedule: Stripe.SubscriptionSchedule;

    it("is made from a subscription, with its period as the first phase", async () => {
      cheap = await newPrice(target, { amount: 800, name: "Lite" });
      owner = await subscribed();
      schedule = await stripe.subscriptionSchedules.create({ from_subscription: owner.id });
      expect(schedule).toMatchObject({ status: "active", subscription: owner.id, end_behavior: "release" });
      expect(schedule.phases).toHaveLength(1);
      expect(schedule.current_phase).toEqual({ start_date: at("2027-04-01"), end_date: at("2027-05-01") });
      expect((await stripe.subscriptions.retrieve(owner.id)).schedule).toBe(schedule.id);
    });

    it("plans the smaller plan for May", async () => {
      schedule = await stripe.subscriptionSchedules.update(schedule.id, {
        proration_behavior: "none",
        phases: [
          {
            items: [{ price: price.id, quantity: 1 }],
            start_date: at("2027-04-01"),
            end_date: at("2027-05-01"),
          },
          {
            items: [{ price: cheap.id, quantity: 1 }],
            duration: { interval: "month", interval_count: 1 },
            proration_behavior: "none",
          },
        ],
      });
      expect(schedule.phases.map(({ end_date }) => day(end_date))).toEqual(["2027-05-01", "2027-06-01"]);
      expect(itemOf(await stripe.subscriptions.retrieve(owner.id)).price.id).toBe(price.id);
    });

    it("switches on 1 May: 8.00, and nothing to prorate", async () => {
      await target.advance(owner.clock, at("2027-05-01") + HOUR);
      expect(itemOf(await stripe.subscriptions.retrieve(owner.id)).price.id).toBe(cheap.id);
      expect(await latestInvoice(target, owner.id)).toMatchObject({ status: "paid", total: 800 });
    });

    it("lets the subscription go after its last phase", async () => {
      await target.advance(owner.clock, at("2027-06-01") + HOUR);
      expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
        status: "released",
        released_subscription: owner.id,
        subscription: null,
      });
      expect(await stripe.subscriptions.retrieve(owner.id)).toMatchObject({
        status: "active",
        schedule: null,
      });
    });

    it("ends the subscription with end_behavior cancel", async () => {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const ending = await stripe.subscriptionSchedules.create({
        customer,
        start_date: "now",
        end_behavior: "cancel",
        phases: [
          { items: [{ price: price.id, quantity: 1 }], duration: { interval: "month", interval_count: 2 } },
        ],
      });
      const id = idOf(ending.subscription);
      expect((await stripe.subscriptions.retrieve(id)).cancel_at).toBe(at("2027-06-01"));
      await target.advance(clock, at("2027-05-15"));
      await target.advance(clock, at("2027-06-01") + HOUR);
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
      expect((await stripe.subscriptionSchedules.retrieve(ending.id)).status).toBe("completed");
    });

    it("is let go by hand", async () => {
      const other = await subscribed();
      const held = await stripe.subscriptionSchedules.create({ from_subscription: other.id });
      expect((await stripe.subscriptionSchedules.release(held.id)).status).toBe("released");
      expect((await stripe.subscriptions.retrieve(other.id)).schedule).toBeNull();
    });

    it("starts a subscription in the future", async () => {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const later = await stripe.subscriptionSchedules.create({
        customer,
        start_date: at("2027-04-10"),
        phases: [
          { items: [{ price: price.id, quantity: 1 }], duration: { interval: "month", interval_count: 1 } },
        ],
      });
      expect(later).toMatchObject({ status: "not_started", subscription: null });
      await target.advance(clock, at("2027-04-10") + 2 * HOUR);
      const started = await stripe.subscriptionSchedules.retrieve(later.id, { expand: ["subscription"] });
      expect(started.status).toBe("active");
      expect(day(itemOf(expanded(started.subscription)).current_period_end)).toBe("2027-05-10");
    });
  });

  describe("a test clock", () => {
    it("moves forward only, and takes its customers with it when deleted", async () => {
      const { clock, customer } = await subscribed();
      expect(
        (await refusal(stripe.testHelpers.testClocks.advance(clock, { frozen_time: at("2027-03-01") })))
          .statusCode,
      ).toBe(400);
      expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ id: clock, deleted: true });
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
    });

    it("stamps what it makes with its own time", async () => {
      const { id, clock } = await subscribed();
      await target.advance(clock, at("2027-05-01") + DAY);
      const invoice = await latestInvoice(target, id);
      expect(day(invoice.created)).toBe("2027-05-01");
      expect(await stripe.testHelpers.testClocks.retrieve(clock)).toMatchObject({
        status: "ready",
        frozen_time: at("2027-05-02"),
      });
    });
  });
}
