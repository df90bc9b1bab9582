import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { anyStack } from "../../test/grant-arbitrary.js";
import {
  contextOf,
  grantRow,
  makeCustomer,
  moveClock,
  readGrants,
  readLedger,
  utc,
} from "../../test/ledger-fixture.js";
import { addPeriods, evaluateEntitlement, periodIndexAt, type Repeat, settle } from "../contract/index.js";
import type { Database } from "../database/index.js";
import { recordUse } from "../database/record-use.js";
import { type GrantRow, takeFromStack } from "../ledger/index.js";
import { check } from "./check.js";
import { report } from "./report.js";

const monthly = (given: Partial<GrantRow> = {}) => grantRow({ repeat: [1, "month"], ...given });
const debtOf = (owed: number) =>
  grantRow({ grantId: "debt", quantity: 0, remaining: -owed, permanent: true });

describe.each(databases)("report on $name", ({ open }) => {
  const test = useDatabase(open);
  const messagesOf = (customerId: string) => ({ customerId, featureId: "messages" });
  const context = () => contextOf(test.current.database);
  const balanceOf = async (customerId: string) =>
    (await check(context(), messagesOf(customerId))).balance?.remaining;

  it("takes 3 of 100 and says what is left", async () => {
    const customerId = await makeCustomer(test.current.database, { grants: [monthly()] });
    expect(await report(context(), { ...messagesOf(customerId), amount: 3 })).toEqual({
      success: true,
      balance: { limit: 100, remaining: 97, resetAt: utc("2026-02-28T00:00:00"), unlimited: false },
    });
    expect(await balanceOf(customerId)).toBe(97);
    expect(await readLedger(test.current.database, customerId)).toEqual([
      { amount: -3, succeeded: true, balance_after: 97 },
    ]);
  });

  it("uses 8 of the grant that ends first and loses only the 12 left of it on its last day", async () => {
    const day = (n: number) => new Date(utc("2026-01-31T00:00:00").getTime() + n * 86_400_000);
    const grants = [
      grantRow({ grantId: "gift:later", quantity: 10, expiresAt: day(50) }),
      grantRow({ grantId: "gift:sooner", quantity: 20, expiresAt: day(30) }),
    ];
    const customerId = await makeCustomer(test.current.database, { grants, now: day(20) });
    expect(await report(context(), { ...messagesOf(customerId), amount: 8 })).toMatchObject({
      success: true,
      balance: { remaining: 22 },
    });
    await moveClock(test.current.database, customerId, day(30));
    expect(await balanceOf(customerId)).toBe(10);
  });

  it("spends across two plans, 600 of 700, and then refuses 200 without a change", async () => {
    const grants = [
      monthly({ grantId: "plan:base:sub_1", quantity: 200 }),
      monthly({ grantId: "plan:extra:sub_1", quantity: 500 }),
    ];
    const customerId = await makeCustomer(test.current.database, { grants });
    expect(await report(context(), { ...messagesOf(customerId), amount: 600 })).toMatchObject({
      success: true,
      balance: { limit: 700, remaining: 100 },
    });
    const before = await readGrants(test.current.database, customerId);
    expect(await report(context(), { ...messagesOf(customerId), amount: 200 })).toMatchObject({
      success: false,
      balance: { remaining: 100 },
    });
    expect(await readGrants(test.current.database, customerId)).toEqual(before);
    expect(await readLedger(test.current.database, customerId)).toHaveLength(1);
  });

  it("takes from the quota that renews before it takes from what was bought for good", async () => {
    const grants = [
      grantRow({ grantId: "gift:1", quantity: 10 }),
      monthly({ grantId: "plan:free:default", quantity: 5 }),
    ];
    const customerId = await makeCustomer(test.current.database, { grants });
    await report(context(), { ...messagesOf(customerId), amount: 4 });
    await moveClock(test.current.database, customerId, utc("2026-02-28T00:00:00"));
    // 5 anew and the 10 untouched.
    expect(await balanceOf(customerId)).toBe(15);
  });

  it("renews at once for somebody who was away for 14 months", async () => {
    const customerId = await makeCustomer(test.current.database, { grants: [monthly({ remaining: 0 })] });
    await moveClock(test.current.database, customerId, utc("2027-04-01T12:00:00"));
    expect(await report(context(), messagesOf(customerId))).toEqual({
      success: true,
      balance: { limit: 100, remaining: 99, resetAt: utc("2027-04-30T00:00:00"), unlimited: false },
    });
  });

  it("counts the use of an unlimited grant and leaves the others alone", async () => {
    const grants = [monthly(), grantRow({ grantId: "plan:ultra:sub_1", quantity: 0, unlimited: true })];
    const customerId = await makeCustomer(test.current.database, { grants });
    expect(await report(context(), { ...messagesOf(customerId), amount: 5_000 })).toMatchObject({
      success: true,
      balance: { limit: null, remaining: null, unlimited: true },
    });
    const left = (await readGrants(test.current.database, customerId)).map(({ remaining }) => remaining);
    expect(left.sort()).toEqual([-5_000, 100]);
  });

  it("lets a renewal pay a debt of 30 before it gives", async () => {
    const customerId = await makeCustomer(test.current.database, {
      grants: [monthly({ remaining: 0 }), debtOf(30)],
    });
    expect(await report(context(), messagesOf(customerId))).toMatchObject({
      success: false,
      balance: { remaining: -30 },
    });
    await moveClock(test.current.database, customerId, utc("2026-02-28T00:00:00"));
    expect(await report(context(), { ...messagesOf(customerId), amount: 71 })).toMatchObject({
      success: false,
    });
    expect(await report(context(), { ...messagesOf(customerId), amount: 70 })).toMatchObject({
      success: true,
      balance: { remaining: 0 },
    });
  });

  it("carries 2^53 - 1 without loss", async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const customerId = await makeCustomer(test.current.database, { grants: [grantRow({ quantity: most })] });
    expect(await report(context(), { ...messagesOf(customerId), amount: most - 1 })).toMatchObject({
      success: true,
      balance: { limit: most, remaining: 1 },
    });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "3" as never])(
    "refuses the amount %s with the name of the field",
    async (amount) => {
      await expect(report(context(), { ...messagesOf("anybody"), amount })).rejects.toMatchObject({
        code: "INPUT_INVALID",
        status: 400,
        message: expect.stringMatching(/^amount: /),
      });
    },
  );

  it("names the features when one is unknown, and refuses a boolean one", async () => {
    await expect(report(context(), { customerId: "x", featureId: "mesages" })).rejects.toMatchObject({
      code: "FEATURE_UNKNOWN",
      message: expect.stringContaining("messages, pro_models, credits"),
    });
    await expect(report(context(), { customerId: "x", featureId: "pro_models" })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
  });

  it("rejects an unknown customer and writes nothing, also with a key", async () => {
    for (const idempotencyKey of [undefined, "key"]) {
      const call = report(context(), { customerId: "nobody", featureId: "messages", idempotencyKey });
      await expect(call).rejects.toMatchObject({ code: "CUSTOMER_UNKNOWN", status: 404 });
    }
    expect(await readLedger(test.current.database, "nobody")).toEqual([]);
  });

  describe("with an idempotency key", () => {
    it("gives the first answer again, whatever happened since, and counts once", async () => {
      const customerId = await makeCustomer(test.current.database, { grants: [monthly()] });
      const call = { ...messagesOf(customerId), amount: 40, idempotencyKey: "job-1" };
      const first = await report(context(), call);
      await report(context(), { ...messagesOf(customerId), amount: 50 });
      await moveClock(test.current.database, customerId, utc("2026-05-01T00:00:00"));
      expect(await report(context(), call)).toEqual(first);
      expect(first).toEqual({
        success: true,
        balance: { limit: 100, remaining: 60, resetAt: utc("2026-02-28T00:00:00"), unlimited: false },
      });
      expect(await readLedger(test.current.database, customerId)).toHaveLength(2);
    });

    it("remembers a refusal", async () => {
      const customerId = await makeCustomer(test.current.database, { grants: [monthly({ quantity: 5 })] });
      const call = { ...messagesOf(customerId), amount: 6, idempotencyKey: "job-1" };
      const first = await report(context(), call);
      await test.current.sql("update paykit_grant set remaining = 100 where customer_id = $1", [customerId]);
      expect(first.success).toBe(false);
      expect(await report(context(), call)).toEqual(first);
    });

    it("remembers a refusal of somebody without any grant", async () => {
      const customerId = await makeCustomer(test.current.database);
      const call = { ...messagesOf(customerId), idempotencyKey: "job-1" };
      const first = await report(context(), call);
      expect(first).toEqual({
        success: false,
        balance: { limit: 0, remaining: 0, resetAt: null, unlimited: false },
      });
      expect(await report(context(), call)).toEqual(first);
      expect(await readLedger(test.current.database, customerId)).toHaveLength(1);
    });

    it("refuses the key for another amount", async () => {
      const customerId = await makeCustomer(test.current.database, { grants: [monthly()] });
      await report(context(), { ...messagesOf(customerId), amount: 1, idempotencyKey: "job-1" });
      const other = report(context(), { ...messagesOf(customerId), amount: 2, idempotencyKey: "job-1" });
      await expect(other).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED", status: 409 });
    });

    it("counts once when the answer was lost after the commit and the caller tries again", async () => {
      const customerId = await makeCustomer(test.current.database, { grants: [monthly()] });
      const { database } = test.current;
      let isCut = true;
      const cut: Database = {
        ...database,
        execute: async (...statement) => {
          const rows = await database.execute(...statement);
          if (isCut) throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
          return rows;
        },
      };
      const call = { ...messagesOf(customerId), amount: 5, idempotencyKey: "job-1" };
      await expect(report({ ...context(), database: cut }, call)).rejects.toThrow("ECONNRESET");
      isCut = false;
      expect(await report({ ...context(), database: cut }, call)).toMatchObject({
        success: true,
        balance: { remaining: 95 },
      });
      expect(await readLedger(test.current.database, customerId)).toHaveLength(1);
    });

    it("counts once when 20 calls race with one key, and all get one answer", async () => {
      const customerId = await makeCustomer(test.current.database, { grants: [monthly()] });
      const call = { ...messagesOf(customerId), amount: 7, idempotencyKey: "race" };
      const answers = await Promise.all(Array.from({ length: 20 }, () => report(context(), call)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await balanceOf(customerId)).toBe(93);
      expect(await readLedger(test.current.database, customerId)).toHaveLength(1);
    });
  });

  it("does in SQL what takeFromStack does in JavaScript, on any stack at any time", async () => {
    const amounts = fc.integer({ min: 1, max: 90 });
    const { database } = test.current;
    await fc.assert(
      fc.asyncProperty(anyStack, amounts, async ({ stack, now }, amount) => {
        const customerId = await makeCustomer(database, { grants: stack, now });
        const expected = takeFromStack({ stack, featureId: "messages", amount, now, mayOwe: false });
        const answer = await recordUse(database, {
          ...{ customerId, featureId: "messages", amount, idempotencyKey: null, reason: null, actor: null },
          usesTestClocks: true,
        });
        const left = (some: readonly GrantRow[]) =>
          some
            .map(({ grantId, remaining, accrued }) => [grantId, remaining, accrued])
            .sort()
            .map(String);
        const after = settle(await readGrants(database, customerId), now);
        if (answer.needsSettling) {
          expect(stack.some(({ grantId }) => grantId === "debt")).toBe(true);
          expect(left(after)).toEqual(left(settle(stack, now)));
          return;
        }
        const { balance, limit, nextResetAt } = evaluateEntitlement({
          ...{ featureId: "messages", type: "metered", grants: expected.stack, now },
        });
        expect(answer).toMatchObject({
          ...{ succeeded: expected.succeeded, remaining: balance, limit, resetAt: nextResetAt },
        });
        expect(left(after)).toEqual(left(expected.stack));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the calendar in SQL", () => {
  const test = useDatabase(databases[1]?.open ?? (() => Promise.reject(new Error("no PostgreSQL"))));

  it("finds the next boundary that the contract finds, for any anchor, length and instant", async () => {
    const { sql } = await import("drizzle-orm");
    const instant = fc.date({
      min: utc("1995-01-01T00:00:00"),
      max: utc("2090-01-01T00:00:00"),
      noInvalidDate: true,
    });
    const repeat = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom("day", "week", "month", "year"));
    const cases = fc.sample(fc.tuple(instant, repeat as fc.Arbitrary<Repeat>, instant), 2_000);
    const input = cases.map(([anchor, [count, unit], at]) => ({
      anchor_at: anchor,
      repeat_count: count,
      repeat_unit: unit,
      at,
    }));
    const result = (await test.current.database.query((orm) =>
      orm.execute(sql`select (extract(epoch from paykit_next_boundary(anchor_at, repeat_count, repeat_unit, at, null)) * 1000)::bigint::text as next
        from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as x(anchor_at timestamptz, repeat_count int, repeat_unit text, at timestamptz)`),
    )) as { rows: { next: string }[] };
    const expected = cases.map(([anchor, every, instantAt]) => ({
      next: String(addPeriods(anchor, every, periodIndexAt(anchor, every, instantAt) + 1).getTime()),
    }));
    expect(result.rows).toEqual(expected);
  });
});
