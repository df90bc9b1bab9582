import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { unique } from "./fixtures.js";
import { expanded, refusal, type Target } from "./target.js";

/** What is sold: products, prices, coupons and promotion codes. */
export function catalog({ stripe }: Target): void {
  describe("products and prices", () => {
    const lookupKey = unique("pro_monthly");
    let product: Stripe.Product;
    let monthly: Stripe.Price;
    let yearly: Stripe.Price;

    it("creates an active product with no default price", async () => {
      product = await stripe.products.create({
        name: "Pro",
        description: "All of it",
        metadata: { tier: "2" },
      });
      expect(product).toMatchObject({ active: true, default_price: null, description: "All of it" });
      expect(product.metadata).toEqual({ tier: "2" });
    });

    it("creates a monthly price of 20.00 with a lookup key", async () => {
      monthly = await stripe.prices.create({
        product: product.id,
        currency: "usd",
        unit_amount: 2_000,
        recurring: { interval: "month" },
        lookup_key: lookupKey,
      });
      expect(monthly).toMatchObject({
        type: "recurring",
        billing_scheme: "per_unit",
        unit_amount: 2_000,
        active: true,
      });
      expect(monthly.recurring).toMatchObject({
        interval: "month",
        interval_count: 1,
        usage_type: "licensed",
      });
      expect(String(monthly.unit_amount_decimal)).toBe("2000");
    });

    it("finds the price by its lookup key", async () => {
      const { data } = await stripe.prices.list({ lookup_keys: [lookupKey] });
      expect(data.map(({ id }) => id)).toEqual([monthly.id]);
    });

    it("refuses the lookup key for a second price", async () => {
      const error = await refusal(
        stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 1, lookup_key: lookupKey }),
      );
      expect(error.statusCode).toBe(400);
    });

    it("moves the lookup key when told to", async () => {
      yearly = await stripe.prices.create({
        product: product.id,
        currency: "usd",
        unit_amount: 19_000,
        recurring: { interval: "year" },
        lookup_key: lookupKey,
        transfer_lookup_key: true,
      });
      expect(yearly.lookup_key).toBe(lookupKey);
      expect((await stripe.prices.retrieve(monthly.id)).lookup_key).toBeNull();
    });

    it("keeps parts of a cent in a decimal, with no integer amount beside it", async () => {
      const price = await stripe.prices.create({
        product: product.id,
        currency: "usd",
        unit_amount_decimal: "10.5" as unknown as Stripe.Decimal,
      });
      expect(price).toMatchObject({ type: "one_time", unit_amount: null, recurring: null });
      expect(String(price.unit_amount_decimal)).toBe("10.5");
    });

    it("creates tiers and shows them only when asked", async () => {
      const price = await stripe.prices.create({
        product: product.id,
        currency: "usd",
        billing_scheme: "tiered",
        tiers_mode: "graduated",
        recurring: { interval: "month" },
        tiers: [
          { up_to: 5, unit_amount: 700 },
          { up_to: "inf", unit_amount: 600 },
        ],
      });
      expect(price).toMatchObject({ billing_scheme: "tiered", tiers_mode: "graduated", unit_amount: null });
      expect(price.tiers).toBeUndefined();
      const withTiers = await stripe.prices.retrieve(price.id, { expand: ["tiers"] });
      expect(withTiers.tiers?.map(({ up_to, unit_amount }) => [up_to, unit_amount])).toEqual([
        [5, 700],
        [null, 600],
      ]);
    });

    it("creates a product together with its default price", async () => {
      const created = await stripe.products.create({
        name: "Team",
        default_price_data: { currency: "eur", unit_amount: 900, recurring: { interval: "month" } },
        expand: ["default_price"],
      });
      expect(expanded(created.default_price)).toMatchObject({
        currency: "eur",
        unit_amount: 900,
        product: created.id,
      });
    });

    it("changes a price's nickname and metadata, but has no parameter for its amount", async () => {
      const changed = await stripe.prices.update(monthly.id, { nickname: "Monthly", metadata: { a: "1" } });
      expect(changed).toMatchObject({ nickname: "Monthly", metadata: { a: "1" }, unit_amount: 2_000 });
      const params = { unit_amount: 1 } as unknown as Stripe.PriceUpdateParams;
      expect(await refusal(stripe.prices.update(monthly.id, params))).toMatchObject({
        code: "parameter_unknown",
      });
    });

    it("lists the prices of a product by type and by interval", async () => {
      const recurring = await stripe.prices.list({ product: product.id, type: "recurring" });
      expect(recurring.data).toHaveLength(3);
      const years = await stripe.prices.list({ product: product.id, recurring: { interval: "year" } });
      expect(years.data.map(({ id }) => id)).toEqual([yearly.id]);
    });

    it("expands the product of a price, and of each price in a list", async () => {
      const price = await stripe.prices.retrieve(monthly.id, { expand: ["product"] });
      expect(price.product).toMatchObject({ id: product.id, name: "Pro" });
      const { data } = await stripe.prices.list({ product: product.id, limit: 1, expand: ["data.product"] });
      expect(data[0]?.product).toMatchObject({ id: product.id });
    });

    it("archives a price, which active lists leave out and new subscriptions refuse", async () => {
      await stripe.prices.update(yearly.id, { active: false });
      const { data } = await stripe.prices.list({ product: product.id, active: true });
      expect(data.map(({ id }) => id)).not.toContain(yearly.id);
      const customer = await stripe.customers.create();
      const error = await refusal(
        stripe.subscriptions.create({ customer: customer.id, items: [{ price: yearly.id }] }),
      );
      expect(error.statusCode).toBe(400);
    });

    it("refuses to delete a product that has prices, and deletes one that has none", async () => {
      expect((await refusal(stripe.products.del(product.id))).statusCode).toBe(400);
      const empty = await stripe.products.create({ name: "Empty" });
      expect(await stripe.products.del(empty.id)).toMatchObject({ id: empty.id, deleted: true });
    });

    it("takes a product's id from the app, and refuses it a second time", async () => {
      const id = unique("prod_own");
      expect((await stripe.products.create({ id, name: "Own" })).id).toBe(id);
      expect(await refusal(stripe.products.create({ id, name: "Own" }))).toMatchObject({
        code: "resource_already_exists",
      });
    });

    it("refuses a price without a currency: 400 parameter_missing", async () => {
      const params = { product: product.id, unit_amount: 1 } as unknown as Stripe.PriceCreateParams;
      expect(await refusal(stripe.prices.create(params))).toMatchObject({
        statusCode: 400,
        code: "parameter_missing",
        param: "currency",
      });
    });
  });

  describe("coupons and promotion codes", () => {
    const code = unique("LAUNCH").replaceAll("_", "").toUpperCase();
    let half: Stripe.Coupon;
    let promotion: Stripe.PromotionCode;

    it("creates 50 % for 3 months, valid and not redeemed", async () => {
      half = await stripe.coupons.create({ percent_off: 50, duration: "repeating", duration_in_months: 3 });
      expect(half).toMatchObject({ percent_off: 50, amount_off: null, valid: true, times_redeemed: 0 });
    });

    it("creates 5.00 once under an id of the app's own", async () => {
      const id = unique("five");
      const five = await stripe.coupons.create({ id, amount_off: 500, currency: "usd", duration: "once" });
      expect(five).toMatchObject({
        id,
        amount_off: 500,
        currency: "usd",
        duration: "once",
        duration_in_months: null,
      });
    });

    it("changes the name of a coupon", async () => {
      expect((await stripe.coupons.update(half.id, { name: "Half off" })).name).toBe("Half off");
    });

    it("creates a promotion code for the coupon", async () => {
      promotion = await stripe.promotionCodes.create({
        promotion: { type: "coupon", coupon: half.id },
        code,
      });
      expect(promotion).toMatchObject({ code, active: true, times_redeemed: 0, max_redemptions: null });
      expect(promotion.promotion).toMatchObject({ type: "coupon", coupon: half.id });
    });

    it("refuses the same code twice while it is active, whatever its case", async () => {
      const again = { promotion: { type: "coupon", coupon: half.id }, code: code.toLowerCase() } as const;
      expect((await refusal(stripe.promotionCodes.create(again))).statusCode).toBe(400);
    });

    it("finds promotion codes by code and by coupon", async () => {
      expect((await stripe.promotionCodes.list({ code })).data.map(({ id }) => id)).toEqual([promotion.id]);
      expect((await stripe.promotionCodes.list({ coupon: half.id })).data).toHaveLength(1);
    });

    it("switches a promotion code off", async () => {
      expect((await stripe.promotionCodes.update(promotion.id, { active: false })).active).toBe(false);
      expect((await stripe.promotionCodes.list({ code, active: true })).data).toEqual([]);
    });

    it("deletes a coupon, which is then gone", async () => {
      expect(await stripe.coupons.del(half.id)).toMatchObject({ id: half.id, deleted: true });
      expect(await refusal(stripe.coupons.retrieve(half.id))).toMatchObject({ code: "resource_missing" });
    });

    it("refuses a coupon that takes nothing off", async () => {
      expect((await refusal(stripe.coupons.create({ duration: "once" }))).statusCode).toBe(400);
    });
  });
}
