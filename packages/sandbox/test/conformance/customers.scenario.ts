import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { unique } from "./fixtures.js";
import { headerOf, refusal, type Target } from "./target.js";

/** Customers: metadata, lists, deletion, and how requests are refused. */
export function customers(target: Target): void {
  const { stripe, stranger } = target;

  describe("customers", () => {
    const email = `${unique("ada")}@example.com`;
    let ada: Stripe.Customer;
    let bo: Stripe.Customer;
    let cy: Stripe.Customer;

    it("creates a customer with no balance, no default card and its metadata", async () => {
      ada = await stripe.customers.create({ email, name: "Ada", metadata: { team: "1", role: "owner" } });
      expect(ada).toMatchObject({ object: "customer", email, name: "Ada", balance: 0, livemode: false });
      expect(ada.metadata).toEqual({ team: "1", role: "owner" });
      expect(ada.invoice_settings.default_payment_method).toBeNull();
      expect(ada.invoice_prefix).toMatch(/^[A-Z0-9]{1,12}$/);
    });

    it("reads it back as it was created", async () => {
      expect(await stripe.customers.retrieve(ada.id)).toEqual(ada);
    });

    it("merges metadata on update and leaves the rest alone", async () => {
      const changed = await stripe.customers.update(ada.id, { metadata: { role: "member" } });
      expect(changed.metadata).toEqual({ team: "1", role: "member" });
      expect(changed.name).toBe("Ada");
    });

    it("unsets one key of the metadata by an empty value", async () => {
      const changed = await stripe.customers.update(ada.id, { metadata: { role: "" } });
      expect(changed.metadata).toEqual({ team: "1" });
    });

    it("unsets all metadata by an empty value, and a name as well", async () => {
      const changed = await stripe.customers.update(ada.id, { metadata: "", name: "" });
      expect(changed.metadata).toEqual({});
      expect(changed.name).toBeNull();
    });

    it("keeps an address and phone number", async () => {
      const changed = await stripe.customers.update(ada.id, {
        phone: "+15550100",
        address: { line1: "1 Main St", city: "Oslo", country: "NO", postal_code: "0150" },
      });
      expect(changed.phone).toBe("+15550100");
      expect(changed.address).toEqual({
        line1: "1 Main St",
        line2: null,
        city: "Oslo",
        state: null,
        country: "NO",
        postal_code: "0150",
      });
    });

    it("lists by email, newest first, one page after the other", async () => {
      bo = await stripe.customers.create({ email });
      cy = await stripe.customers.create({ email });
      const first = await stripe.customers.list({ email, limit: 2 });
      expect(first.data.map(({ id }) => id)).toEqual([cy.id, bo.id]);
      expect(first.has_more).toBe(true);
      const second = await stripe.customers.list({ email, limit: 2, starting_after: bo.id });
      expect(second.data.map(({ id }) => id)).toEqual([ada.id]);
      expect(second.has_more).toBe(false);
    });

    it("goes back with ending_before, still newest first", async () => {
      const back = await stripe.customers.list({ email, limit: 2, ending_before: ada.id });
      expect(back.data.map(({ id }) => id)).toEqual([cy.id, bo.id]);
      expect(back.has_more).toBe(false);
    });

    it("hands all pages to the SDK's own paging", async () => {
      const ids = (await stripe.customers.list({ email, limit: 1 }).autoPagingToArray({ limit: 10 })).map(
        ({ id }) => id,
      );
      expect(ids).toEqual([cy.id, bo.id, ada.id]);
    });

    it("lists those created since an instant", async () => {
      const { data } = await stripe.customers.list({ email, created: { gte: ada.created } });
      expect(data).toHaveLength(3);
      expect((await stripe.customers.list({ email, created: { lt: ada.created } })).data).toEqual([]);
    });

    it("answers a deletion with a stub, and leaves the customer out of lists", async () => {
      expect(await stripe.customers.del(bo.id)).toEqual({ id: bo.id, object: "customer", deleted: true });
      expect((await stripe.customers.list({ email })).data.map(({ id }) => id)).toEqual([cy.id, ada.id]);
    });

    it("still answers for the deleted customer, as deleted", async () => {
      expect(await stripe.customers.retrieve(bo.id)).toMatchObject({ id: bo.id, deleted: true });
    });

    it("refuses to change a deleted customer: 404 resource_missing", async () => {
      const error = await refusal(stripe.customers.update(bo.id, { name: "Bo" }));
      expect(error).toMatchObject({
        statusCode: 404,
        code: "resource_missing",
        type: "StripeInvalidRequestError",
      });
    });

    it("refuses an unknown id: 404 resource_missing, naming it", async () => {
      const error = await refusal(stripe.customers.retrieve("cus_nobody"));
      expect(error).toMatchObject({ statusCode: 404, code: "resource_missing", param: "id" });
      expect(error.message).toContain("cus_nobody");
      expect(error.requestId).toMatch(/^req_/);
    });

    it("refuses a parameter that does not exist: 400 parameter_unknown, naming it", async () => {
      const params = { nickname: "A" } as Stripe.CustomerCreateParams;
      const error = await refusal(stripe.customers.create(params));
      expect(error).toMatchObject({ statusCode: 400, code: "parameter_unknown", param: "nickname" });
    });

    it("refuses a key that is not valid: 401", async () => {
      const error = await refusal(stranger.customers.retrieve(ada.id));
      expect(error).toMatchObject({ statusCode: 401, type: "StripeAuthenticationError" });
    });

    it("gives credit with a balance transaction, and lists it", async () => {
      const credit = await stripe.customers.createBalanceTransaction(ada.id, {
        amount: -500,
        currency: "usd",
      });
      expect(credit).toMatchObject({
        amount: -500,
        ending_balance: -500,
        type: "adjustment",
        customer: ada.id,
      });
      expect(await stripe.customers.retrieve(ada.id)).toMatchObject({ balance: -500, currency: "usd" });
      const { data } = await stripe.customers.listBalanceTransactions(ada.id);
      expect(data.map(({ amount }) => amount)).toEqual([-500]);
    });
  });

  describe("idempotency", () => {
    const idempotencyKey = unique("key");
    let first: Stripe.Response<Stripe.Customer>;

    it("answers the same call again with the same customer, and says that it is a replay", async () => {
      first = await stripe.customers.create({ name: "Once" }, { idempotencyKey });
      const again = await stripe.customers.create({ name: "Once" }, { idempotencyKey });
      expect(again.id).toBe(first.id);
      expect(headerOf(again, "idempotent-replayed")).toBe("true");
      expect(headerOf(first, "idempotent-replayed")).toBeNull();
    });

    it("replays the answer of then, also after the customer has changed", async () => {
      await stripe.customers.update(first.id, { name: "Changed" });
      expect((await stripe.customers.create({ name: "Once" }, { idempotencyKey })).name).toBe("Once");
    });

    it("refuses the key for other parameters: 400 idempotency_error", async () => {
      const error = await refusal(stripe.customers.create({ name: "Twice" }, { idempotencyKey }));
      expect(error).toMatchObject({ statusCode: 400, type: "StripeIdempotencyError" });
    });

    it("does not keep a refused call: the key is free for the right parameters", async () => {
      const key = unique("key");
      await refusal(stripe.prices.create({ currency: "usd" }, { idempotencyKey: key }));
      const price = { currency: "usd", unit_amount: 100, product_data: { name: "Key" } };
      expect((await stripe.prices.create(price, { idempotencyKey: key })).unit_amount).toBe(100);
    });
  });
}
