import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { invoicesOf, latestInvoice, lineAmounts, newPrice, newSubscription } from "./fixtures.js";
import { at, day, idOf, itemOf, refusal, type Target } from "./target.js";

const HOUR = 3_600;
const DAY = 24 * 3_600;

/** How subscriptions end: at the period's end, at once, on a date; and what collection on hold does. */
export function cancellations(target: Target): void {
  const { stripe } = target;
  let price: Stripe.Price;
  beforeAll(async () => {
    price = await newPrice(target, { amount: 2_000 });
  });
  const subscribed = (card?: string, params?: Partial<Stripe.SubscriptionCreateParams>) =>
    newSubscription(target, { price: price.id, ...(card ? { card } : {}), ...(params ? { params } : {}) });

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
      await target.advance(clock, at("2027-04-16") + 2 * HOUR);
      expect(lineAmounts(await latestInvoice(target, id))).toEqual([-1_000]);
      expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_000 });
    });

    it("keeps the reason that was given", async () => {
      const { id } = await subscribed();
      const ended = await stripe.subscriptions.cancel(id, {
        cancellation_details: { comment: "bye", feedback: "too_expensive" },
      });
      expect(ended.cancellation_details).toMatchObject({
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
      expect(pending.data.reduce((sum, { amount }) => sum + amount, 0)).toBe(-333);
      await target.advance(clock, at("2027-04-26") + HOUR);
      expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
        status: "canceled",
        ended_at: at("2027-04-26"),
      });
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
