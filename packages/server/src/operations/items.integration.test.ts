import { describe, expect, it } from "vitest";
import { creditPack, free, pro } from "../../test/catalog.js";
import { databases, useDatabase } from "../../test/databases.js";
import { contextOf, grantRow, makeCustomer, moveClock, readGrants, utc } from "../../test/ledger-fixture.js";
import { createCatalog, feature, product } from "../catalog/index.js";
import { check } from "./check.js";
import { getCustomer } from "./get-customer.js";
import { grantProduct } from "./grant-product.js";
import { getItem, listItems } from "./items.js";
import { listLedger, trimLedger } from "./list-ledger.js";
import { report } from "./report.js";

const most = Number.MAX_SAFE_INTEGER;

describe.each(databases)("items on $name", ({ open }) => {
  const test = useDatabase(open);
  const context = () => contextOf(test.current.database);
  const creditsOf = (customerId: string) => getItem(context(), { customerId, itemId: "credits" });

  describe("getItem", () => {
    it("goes 10 - 25 = -15 into debt, and +20 makes 5", async () => {
      const customerId = await makeCustomer(test.current.database);
      const credits = await creditsOf(customerId);
      expect(credits).toMatchObject({ id: "credits", displayName: "Credits", quantity: 0 });
      expect(await credits.increaseQuantity(10)).toBe(10);
      expect(await credits.decreaseQuantity(25)).toBe(-15);
      expect(credits).toMatchObject({ quantity: -15, nonNegativeQuantity: 0 });
      expect(await check(context(), { customerId, featureId: "credits" })).toMatchObject({ allowed: false });
      expect(await credits.tryDecreaseQuantity(1)).toBe(false);
      expect(await credits.increaseQuantity(20)).toBe(5);
      expect((await creditsOf(customerId)).quantity).toBe(5);
      // Never grants left and a debt at the same time.
      expect(
        (await readGrants(test.current.database, customerId)).filter(({ grantId }) => grantId === "debt"),
      ).toEqual([]);
    });

    it("takes while there is enough, and says no without a change when there is not", async () => {
      const customerId = await makeCustomer(test.current.database);
      const credits = await creditsOf(customerId);
      await credits.increaseQuantity(7);
      expect(await credits.tryDecreaseQuantity(5)).toBe(true);
      expect(credits.quantity).toBe(2);
      expect(await credits.tryDecreaseQuantity(3)).toBe(false);
      expect(credits.quantity).toBe(2);
    });

    it("loses a gift at its end, and keeps what never ends", async () => {
      const customerId = await makeCustomer(test.current.database);
      const credits = await creditsOf(customerId);
      await credits.increaseQuantity(30, { expiresAt: utc("2026-03-01T00:00:00") });
      await credits.increaseQuantity(5);
      await moveClock(test.current.database, customerId, utc("2026-03-01T00:00:00"));
      expect((await creditsOf(customerId)).quantity).toBe(5);
      await expect(
        credits.increaseQuantity(1, { expiresAt: utc("2026-02-01T00:00:00") }),
      ).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringMatching(/^expiresAt: /),
      });
    });

    it("grants once per key, also when 10 calls race, and refuses the key for another amount", async () => {
      const customerId = await makeCustomer(test.current.database);
      const credits = await creditsOf(customerId);
      const calls = Array.from({ length: 10 }, () =>
        credits.increaseQuantity(50, { idempotencyKey: "welcome" }),
      );
      expect(await Promise.all(calls)).toEqual(Array(10).fill(50));
      expect((await creditsOf(customerId)).quantity).toBe(50);
      await expect(credits.increaseQuantity(51, { idempotencyKey: "welcome" })).rejects.toMatchObject({
        code: "IDEMPOTENCY_KEY_REUSED",
      });
      await expect(credits.decreaseQuantity(50, { idempotencyKey: "welcome" })).rejects.toMatchObject({
        code: "IDEMPOTENCY_KEY_REUSED",
      });
    });

    it("owes 20 after 20 debts of 1 at once by somebody who has nothing", async () => {
      const customerId = await makeCustomer(test.current.database);
      const credits = await creditsOf(customerId);
      await Promise.all(Array.from({ length: 20 }, () => credits.decreaseQuantity(1)));
      expect((await creditsOf(customerId)).quantity).toBe(-20);
    });

    it("is infinite while unlimited", async () => {
      const grants = [grantRow({ featureId: "credits", quantity: 0, unlimited: true })];
      const customerId = await makeCustomer(test.current.database, { grants });
      const credits = await creditsOf(customerId);
      expect(credits.quantity).toBe(Number.POSITIVE_INFINITY);
      expect(await credits.decreaseQuantity(3)).toBe(Number.POSITIVE_INFINITY);
    });

    it("holds 2^53 - 1 and refuses one more, by the name of the field", async () => {
      const customerId = await makeCustomer(test.current.database);
      const credits = await creditsOf(customerId);
      expect(await credits.increaseQuantity(most)).toBe(most);
      await expect(credits.increaseQuantity(1)).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringMatching(/^amount: /),
      });
      expect(await credits.decreaseQuantity(most - 1)).toBe(1);
    });

    it.each([0, -1, 1.5, Number.NaN, 2 ** 53, "3" as never])("refuses %s units", async (amount) => {
      const credits = await creditsOf("anybody");
      for (const change of [
        credits.increaseQuantity,
        credits.decreaseQuantity,
        credits.tryDecreaseQuantity,
      ]) {
        await expect(change(amount)).rejects.toMatchObject({
          code: "INPUT_INVALID",
          message: expect.stringMatching(/^amount: /),
        });
      }
    });

    it("rejects changes of somebody unknown", async () => {
      const credits = await creditsOf("nobody");
      expect(credits.quantity).toBe(0);
      for (const change of [
        credits.increaseQuantity,
        credits.decreaseQuantity,
        credits.tryDecreaseQuantity,
      ]) {
        await expect(change(1)).rejects.toMatchObject({ code: "CUSTOMER_UNKNOWN" });
      }
    });
  });

  it("listItems gives every metered feature and no boolean one", async () => {
    const customerId = await makeCustomer(test.current.database, { grants: [grantRow({ remaining: 7 })] });
    const items = await listItems(context(), customerId);
    expect(items.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["messages", 7],
      ["credits", 0],
    ]);
  });

  describe("grantProduct", () => {
    it("gives 3 packs of 500 as if they were bought, once per key", async () => {
      const customerId = await makeCustomer(test.current.database);
      const give = () =>
        grantProduct(context(), {
          customerId,
          productId: "credit_pack",
          quantity: 3,
          idempotencyKey: "sorry",
        });
      await Promise.all([give(), give(), give()]);
      expect(await getCustomer(context(), { id: customerId })).toMatchObject({
        products: [{ productId: "credit_pack", quantity: 3 }],
        entitlements: { credits: { balance: 1_500, limit: 1_500 } },
      });
    });

    it("pays a debt first", async () => {
      const customerId = await makeCustomer(test.current.database);
      await (await creditsOf(customerId)).decreaseQuantity(40);
      await grantProduct(context(), { customerId, productId: "credit_pack" });
      expect((await creditsOf(customerId)).quantity).toBe(460);
    });

    it("refuses a second one of what is not stackable, a plan, and what does not exist", async () => {
      const credits = feature({ id: "credits", type: "metered", name: "Credits" });
      const single = product({ id: "lifetime", price: { amount: 99 }, includes: [credits({ quantity: 1 })] });
      const catalog = createCatalog([free, pro, creditPack, single]);
      const own = contextOf(test.current.database, catalog);
      const customerId = await makeCustomer(test.current.database);
      await grantProduct(own, { customerId, productId: "lifetime" });
      const codeOf = async (input: { productId: string; quantity?: number; customerId?: string }) =>
        grantProduct(own, { customerId, ...input }).then(
          () => null,
          (error: { code: string }) => error.code,
        );
      expect(await codeOf({ productId: "lifetime" })).toBe("PRODUCT_OWNED");
      expect(await codeOf({ productId: "lifetime", quantity: 2 })).toBe("INPUT_INVALID");
      expect(await codeOf({ productId: "pro" })).toBe("INPUT_INVALID");
      expect(await codeOf({ productId: "prp" })).toBe("PRODUCT_UNKNOWN");
      expect(await codeOf({ productId: "credit_pack", customerId: "nobody" })).toBe("CUSTOMER_UNKNOWN");
    });
  });

  describe("listLedger", () => {
    it("tells who, what, why and when, newest first, page by page, and forgets without changing a balance", async () => {
      const customerId = await makeCustomer(test.current.database, { now: utc("2020-02-01T00:00:00") });
      const credits = await creditsOf(customerId);
      await credits.increaseQuantity(100, { reason: "welcome", actor: "support:eve" });
      await report(context(), { customerId, featureId: "credits", amount: 30, reason: "image" });
      await moveClock(test.current.database, customerId, utc("2020-03-01T00:00:00"));
      await credits.decreaseQuantity(80);
      await credits.tryDecreaseQuantity(1, { idempotencyKey: "refused" });
      const first = await listLedger(context(), { customerId, itemId: "credits", limit: 3 });
      expect(first.data).toMatchObject([
        { kind: "use", amount: -1, succeeded: false, balanceAfter: -10 },
        { kind: "use", amount: -80, succeeded: true, balanceAfter: -10, at: utc("2020-03-01T00:00:00") },
        {
          kind: "use",
          amount: -30,
          balanceAfter: 70,
          reason: "image",
          actor: null,
          at: utc("2020-02-01T00:00:00"),
        },
      ]);
      const second = await listLedger(context(), {
        customerId,
        itemId: "credits",
        limit: 3,
        cursor: first.nextCursor,
      });
      expect(second).toMatchObject({
        data: [{ kind: "grant", amount: 100, balanceAfter: 100, reason: "welcome", actor: "support:eve" }],
        nextCursor: null,
      });
      expect(await trimLedger(context(), { before: utc("2020-02-15T00:00:00") })).toBe(2);
      expect((await listLedger(context(), { customerId, itemId: "credits" })).data).toHaveLength(2);
      expect((await creditsOf(customerId)).quantity).toBe(-10);
    });
  });
});
