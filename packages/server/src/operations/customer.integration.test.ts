import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { creditPack, free, pro } from "../../test/catalog.js";
import { databases, useDatabase } from "../../test/databases.js";
import { contextOf, grantRow, makeCustomer, moveClock, readGrants, utc } from "../../test/ledger-fixture.js";
import { createCatalog, feature, plan } from "../catalog/index.js";
import { check } from "./check.js";
import { getCustomer } from "./get-customer.js";
import { getSnapshot } from "./get-snapshot.js";
import { report } from "./report.js";
import { upsertCustomer } from "./upsert-customer.js";

const january = utc("2026-01-31T00:00:00");

describe.each(databases)("customers on $name", ({ open }) => {
  const test = useDatabase(open);
  const context = () => contextOf(test.current.database);

  async function subscribe(customerId: string, columns: Record<string, unknown> = {}): Promise<void> {
    const row = {
      customer_id: customerId,
      subscription_id: "sub_1",
      plan_id: "pro",
      item_id: "si_1",
      price_id: "price_1",
      plan_group: "base",
      status: "active",
      interval_count: 1,
      interval_unit: "month",
      amount: 1_900,
      currency: "usd",
      current_period_start: "2026-01-31T00:00:00Z",
      current_period_end: "2026-02-28T00:00:00Z",
      started_at: "2026-01-31T00:00:00Z",
      ...columns,
    };
    const names = Object.keys(row).join(", ");
    const places = Object.keys(row).map((_, index) => `$${index + 1}`);
    await test.current.sql(
      `insert into paykit_subscription (${names}) values (${places.join(", ")})`,
      Object.values(row),
    );
  }

  describe("upsertCustomer", () => {
    it("makes a customer with the default plan and 100 messages", async () => {
      await upsertCustomer(context(), { id: "ann", email: "ann@example.com", metadata: { team: "blue" } });
      const ann = await getCustomer(context(), { id: "ann" });
      expect(ann).toMatchObject({
        id: "ann",
        email: "ann@example.com",
        name: null,
        metadata: { team: "blue" },
        subscriptions: [
          { planId: "free", status: "active", isDefault: true, isEntitled: true, currentPeriodStart: null },
        ],
        products: [],
      });
      expect(ann?.entitlements.messages).toMatchObject({ allowed: true, balance: 100, limit: 100, usage: 0 });
      expect(ann?.entitlements.pro_models).toMatchObject({ type: "boolean", allowed: false, balance: null });
      expect(ann?.entitlements.credits).toMatchObject({ allowed: false, balance: 0, limit: 0 });
    });

    it("leaves what is left out, clears what is null, and refills nothing", async () => {
      await upsertCustomer(context(), { id: "bob", email: "bob@example.com", name: "Bob" });
      await report(context(), { customerId: "bob", featureId: "messages", amount: 60 });
      await upsertCustomer(context(), { id: "bob", name: null });
      expect(await getCustomer(context(), { id: "bob" })).toMatchObject({
        email: "bob@example.com",
        name: null,
        entitlements: { messages: { balance: 40 } },
      });
    });

    it("gives the default plan once when eight requests come at once", async () => {
      await Promise.all(Array.from({ length: 8 }, () => upsertCustomer(context(), { id: "eve" })));
      expect(await readGrants(test.current.database, "eve")).toHaveLength(1);
    });

    it("only reads when nothing changed", async () => {
      await upsertCustomer(context(), { id: "ida", name: "Ida", metadata: { b: "1", a: "2" } });
      const version = "select xmin::text from paykit_customer where customer_id = 'ida'";
      const before = await test.current.sql(version);
      await upsertCustomer(context(), { id: "ida", name: "Ida", metadata: { a: "2", b: "1" } });
      expect(await test.current.sql(version)).toEqual(before);
    });

    it("leaves a customer the default plan as it was given, and adds that of a group that is new", async () => {
      await upsertCustomer(context(), { id: "joe" });
      await report(context(), { customerId: "joe", featureId: "messages", amount: 30 });
      const messages = feature({ id: "messages", type: "metered", name: "Messages" });
      const richer = plan({
        id: "free",
        group: "base",
        default: true,
        includes: [messages({ limit: 150, reset: "month" })],
      });
      const seats = feature({ id: "seats", type: "metered" });
      const solo = plan({ id: "solo", group: "team", default: true, includes: [seats({ quantity: 1 })] });
      const later = contextOf(test.current.database, createCatalog([richer, solo]));
      await upsertCustomer(later, { id: "joe", name: "Joe" });
      expect(await getCustomer(later, { id: "joe" })).toMatchObject({
        subscriptions: [{ planId: "free" }, { planId: "solo", group: "team" }],
        entitlements: { messages: { limit: 100, balance: 70, usage: 30 }, seats: { balance: 1 } },
      });
      await upsertCustomer(later, { id: "kim" });
      expect(await getCustomer(later, { id: "kim" })).toMatchObject({
        entitlements: { messages: { limit: 150 }, seats: { balance: 1 } },
      });
    });

    it("gives the default plan that another process, with another catalog, has noted meanwhile", async () => {
      const messages = feature({ id: "messages", type: "metered", name: "Messages" });
      const includes = [messages({ limit: 150, reset: "month" })];
      const richer = plan({ id: "free", group: "base", default: true, includes });
      const { database } = test.current;
      let isFirst = true;
      const query: typeof database.query = async (run) => {
        const found = await database.query(run);
        if (isFirst) {
          isFirst = false;
          await upsertCustomer(context(), { id: "lea" });
        }
        return found;
      };
      await upsertCustomer(contextOf({ ...database, query }, createCatalog([richer])), { id: "lea" });
      expect((await readGrants(database, "lea")).map(({ quantity }) => quantity)).toEqual([100]);
    });

    it("refuses an empty id by name", async () => {
      await expect(upsertCustomer(context(), { id: "" })).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringMatching(/^id: /),
      });
    });
  });

  describe("getCustomer", () => {
    it("is null for somebody unknown", async () => {
      expect(await getCustomer(context(), { id: "nobody" })).toBeNull();
    });
  });

  describe("getSnapshot", () => {
    it("shows a paid plan in place of the default one, with what its months bring and without an id of Stripe's", async () => {
      const grants = [
        grantRow({ grantId: "plan:pro:sub_1", quantity: 2_000, repeat: [1, "month"], anchorAt: january }),
        grantRow({ grantId: "plan:pro:sub_1", featureId: "pro_models", quantity: 0 }),
      ];
      const customerId = await makeCustomer(test.current.database, { grants });
      await subscribe(customerId);
      const snapshot = await getSnapshot(context(), { customerId });
      expect(snapshot).toMatchObject({
        customerId,
        now: utc("2026-02-01T00:00:00"),
        isClockFrozen: true,
        subscriptions: [
          {
            planId: "pro",
            isDefault: false,
            isEntitled: true,
            willRenew: true,
            interval: [1, "month"],
            endsAt: null,
          },
        ],
        entitlements: {
          messages: { name: "Messages", balance: 2_000, nextResetAt: utc("2026-02-28T00:00:00") },
          pro_models: { allowed: true },
        },
      });
      expect(snapshot.subscriptions).toHaveLength(1);
      expect(snapshot.entitlements.messages?.upcoming.map(({ at }) => at)).toEqual([
        utc("2026-02-28T00:00:00"),
        utc("2026-03-31T00:00:00"),
        utc("2026-04-30T00:00:00"),
      ]);
      expect(JSON.stringify(snapshot)).not.toMatch(/sub_1|si_1|price_1|grant/);
    });

    it("follows a cancellation at the period's end although no event came: Free from that instant", async () => {
      const end = utc("2026-02-28T00:00:00");
      const grants = [
        grantRow({ grantId: "plan:pro:sub_1", quantity: 2_000, repeat: [1, "month"], expiresAt: end }),
        grantRow({ grantId: "plan:free:default", startsAt: end, repeat: [1, "month"], anchorAt: end }),
      ];
      const customerId = await makeCustomer(test.current.database, { grants });
      await subscribe(customerId, { cancel_at: end.toISOString(), cancel_at_period_end: true });
      expect(await getSnapshot(context(), { customerId })).toMatchObject({
        subscriptions: [
          {
            ...{ planId: "pro", isEntitled: true, willRenew: false, cancelAtPeriodEnd: true },
            ...{ endsAt: end, scheduledPlanId: "free", scheduledAt: end },
          },
        ],
        entitlements: { messages: { balance: 2_000 } },
      });
      await moveClock(test.current.database, customerId, end);
      expect(await getSnapshot(context(), { customerId })).toMatchObject({
        subscriptions: [{ planId: "free", isDefault: true }],
        entitlements: { messages: { balance: 100 } },
      });
    });

    it("shows the lesser plan from the instant that it was scheduled for", async () => {
      const customerId = await makeCustomer(test.current.database);
      const at = utc("2026-02-28T00:00:00");
      await subscribe(customerId, {
        plan_id: "ultra",
        scheduled_plan_id: "pro",
        scheduled_at: at.toISOString(),
      });
      const shown = async () => (await getSnapshot(context(), { customerId })).subscriptions[0];
      expect(await shown()).toMatchObject({
        planId: "ultra",
        scheduledPlanId: "pro",
        scheduledAt: at,
        endsAt: at,
      });
      await moveClock(test.current.database, customerId, at);
      expect(await shown()).toMatchObject({
        planId: "pro",
        scheduledPlanId: null,
        endsAt: null,
        willRenew: true,
      });
    });

    it("stops being entitled 7 days after the period that was not paid began", async () => {
      const customerId = await makeCustomer(test.current.database, { now: utc("2026-02-06T23:59:59") });
      await subscribe(customerId, {
        status: "past_due",
        past_due_since: "2026-01-31T00:00:00Z",
        entitled_until: "2026-02-07T00:00:00Z",
      });
      const shown = async () => (await getSnapshot(context(), { customerId })).subscriptions;
      expect(await shown()).toMatchObject([{ planId: "pro", isEntitled: true }]);
      await moveClock(test.current.database, customerId, utc("2026-02-07T00:00:00"));
      expect(await shown()).toMatchObject([
        { planId: "pro", isEntitled: false, status: "past_due" },
        { planId: "free", isEntitled: true },
      ]);
    });

    it("shows the default plan to somebody vouched for whom nobody has written yet, and writes nothing", async () => {
      const snapshot = await getSnapshot(context(), { customerId: "vouched" });
      expect(snapshot).toMatchObject({
        subscriptions: [{ planId: "free" }],
        entitlements: { messages: { balance: 100, allowed: true } },
      });
      expect(await getCustomer(context(), { id: "vouched" })).toBeNull();
    });

    it("adds up owned products and leaves out what was given back", async () => {
      const customerId = await makeCustomer(test.current.database);
      for (const [id, quantity, status] of [
        ["cs_1", 2, "paid"],
        ["cs_2", 3, "paid"],
        ["cs_3", 9, "refunded"],
      ]) {
        await test.current.sql(
          `insert into paykit_purchase (customer_id, purchase_id, product_id, quantity, amount, currency, status, purchased_at)
           values ($1, $2, 'credit_pack', $3, 999, 'usd', $4, now())`,
          [customerId, id, quantity, status],
        );
      }
      expect((await getSnapshot(context(), { customerId })).products).toEqual([
        { productId: "credit_pack", quantity: 5 },
      ]);
    });

    it("says of every feature what check says", async () => {
      const grants = [
        grantRow({ remaining: 12, repeat: [1, "month"] }),
        grantRow({ featureId: "credits", quantity: 3 }),
        grantRow({ featureId: "credits", grantId: "debt", quantity: 0, remaining: -8 }),
      ];
      const customerId = await makeCustomer(test.current.database, { grants });
      const { entitlements } = await getSnapshot(context(), { customerId });
      for (const [featureId, entitlement] of Object.entries(entitlements)) {
        const answer = await check(context(), { customerId, featureId });
        expect(answer.allowed).toBe(entitlement.allowed);
        expect(answer.balance?.remaining ?? null).toBe(entitlement.balance);
      }
    });
  });

  it("reads without writing: check, getCustomer and getSnapshot run in a read-only transaction", async () => {
    const grants = [
      grantRow({ remaining: 0, repeat: [1, "month"] }),
      grantRow({ grantId: "debt", quantity: 0, remaining: -8 }),
    ];
    const customerId = await makeCustomer(test.current.database, { grants, now: utc("2027-01-01T00:00:00") });
    const catalog = createCatalog([free, pro, creditPack]);
    await test.current.readOnly(async (readOnly) => {
      await expect(readOnly.query((orm) => orm.execute(sql`delete from paykit_customer`))).rejects.toThrow();
      const reading = contextOf(readOnly, catalog);
      expect(await check(reading, { customerId, featureId: "messages" })).toMatchObject({
        balance: { remaining: 100 },
      });
      expect(await getCustomer(reading, { id: customerId })).not.toBeNull();
      expect(await getSnapshot(reading, { customerId })).toMatchObject({ customerId });
    });
  });
});
