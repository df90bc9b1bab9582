import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { latestInvoice, lineAmounts, newClockedCustomer, newPrice, newSubscription } from "./fixtures.js";
import { at, day, expanded, idOf, itemOf, refusal, type Target } from "./target.js";

const HOUR = 3_600;

/** Schedules, several items, and an anchor of one's own. */
export function schedules(target: Target): void {
  const { stripe } = target;
  let price: Stripe.Price;
  beforeAll(async () => {
    price = await newPrice(target, { amount: 2_000 });
  });
  const subscribed = (card?: string, params?: Partial<Stripe.SubscriptionCreateParams>) =>
    newSubscription(target, { price: price.id, ...(card ? { card } : {}), ...(params ? { params } : {}) });

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

    it("says 7 days before its last phase ends that it will expire, and once", async () => {
      const { customer, clock } = await newClockedCustomer(target, { start: "2027-04-01" });
      const ending = await stripe.subscriptionSchedules.create({
        customer,
        start_date: "now",
        phases: [
          { items: [{ price: price.id, quantity: 1 }], duration: { interval: "month", interval_count: 2 } },
        ],
      });
      const notices = async () =>
        (await stripe.events.list({ type: "subscription_schedule.expiring", limit: 100 })).data.filter(
          ({ data }) => "id" in data.object && data.object.id === ending.id,
        );
      // The last phase ends on 1 June.
      await target.advance(clock, at("2027-05-24"));
      expect(await notices()).toHaveLength(0);
      await target.advance(clock, at("2027-05-26"));
      expect((await notices()).map(({ created }) => day(created))).toEqual(["2027-05-25"]);
      await target.advance(clock, at("2027-06-02"));
      expect(await notices()).toHaveLength(1);
      expect((await stripe.subscriptionSchedules.retrieve(ending.id)).status).toBe("released");
    });

    it("reads an end_behavior of none as cancel, and takes no renew", async () => {
      const other = await subscribed();
      const held = await stripe.subscriptionSchedules.create({ from_subscription: other.id });
      const ending = await stripe.subscriptionSchedules.update(held.id, { end_behavior: "none" });
      expect(ending.end_behavior).toBe("cancel");
      const error = await refusal(stripe.subscriptionSchedules.update(held.id, { end_behavior: "renew" }));
      expect(error).toMatchObject({ statusCode: 400, param: "end_behavior" });
    });

    it("pauses its subscription when planned, and resumes it a month later: 20.00 less 10.00", async () => {
      const other = await subscribed();
      const planned = await stripe.subscriptionSchedules.create({
        from_subscription: other.id,
        pause_schedules: [
          {
            key: "holiday",
            pause: { pause_at: { type: "timestamp", timestamp: at("2027-04-16") } },
            resume: { resume_at: { type: "duration", duration: { interval: "month", interval_count: 1 } } },
          },
        ],
      });
      expect(planned.pause_schedules).toMatchObject([
        {
          key: "holiday",
          pause: { pause_at: at("2027-04-16"), status: { type: "scheduled" } },
          resume: { resume_at: at("2027-05-16"), status: { type: "scheduled" } },
        },
      ]);
      await stripe.subscriptionSchedules.update(planned.id, {
        proration_behavior: "none",
        phases: [
          {
            start_date: planned.phases[0]?.start_date ?? 0,
            items: [{ price: price.id, quantity: 1 }],
            end_date: at("2027-08-01"),
          },
        ],
      });
      await target.advance(other.clock, at("2027-04-17"));
      expect((await stripe.subscriptions.retrieve(other.id)).status).toBe("paused");
      const paused = await stripe.subscriptionSchedules.retrieve(planned.id);
      expect(paused.pause_schedules[0]?.pause.status.type).toBe("succeeded");
      await target.advance(other.clock, at("2027-05-16") + HOUR);
      const resumed = await stripe.subscriptions.retrieve(other.id);
      expect(resumed.status).toBe("active");
      expect(day(itemOf(resumed).current_period_end)).toBe("2027-06-16");
      // Half of April is given back: 20.00 x 15/30.
      expect(await latestInvoice(target, other.id)).toMatchObject({ status: "paid", total: 1_000 });
      const done = await stripe.subscriptionSchedules.retrieve(planned.id);
      expect(done.pause_schedules[0]?.resume?.status.type).toBe("succeeded");
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
}
