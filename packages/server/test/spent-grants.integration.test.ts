import { describe, expect, it } from "vitest";
import { projectGrants } from "../src/database/project-grants.js";
import { check } from "../src/operations/check.js";
import { getItem } from "../src/operations/items.js";
import { listLedger } from "../src/operations/list-ledger.js";
import { report } from "../src/operations/report.js";
import { confirmReservation, releaseReservation, reserve } from "../src/operations/reservations.js";
import { databases, useDatabase } from "./databases.js";
import { contextOf, grantRow, makeCustomer, utc } from "./ledger-fixture.js";

describe.each(databases)("used-up packs on $name", ({ open }) => {
  const test = useDatabase(open);
  const context = () => contextOf(test.current.database);
  const rowsOf = async (customerId: string) =>
    (
      await test.current.sql<{ id: string; quantity: number }>(
        "select grant_id as id, quantity::int as quantity from paykit_grant where customer_id = $1 order by 1",
        [customerId],
      )
    ).map(({ id, quantity }) => [id.split(":")[0], quantity]);
  const messagesOf = (customerId: string) => ({ customerId, featureId: "messages" });

  it("leave two rows to read of 10,000 that were bought, and every one in the limit", async () => {
    const customerId = await makeCustomer(test.current.database);
    await test.current.sql(
      `insert into paykit_grant (customer_id, feature_id, grant_id, quantity, remaining, settled_at, starts_at)
       select $1, 'messages', 'purchase:' || n, 500, 0, $2, $2 from generate_series(1, 10000) n`,
      [customerId, utc("2026-01-31T00:00:00")],
    );
    const before = await check(context(), messagesOf(customerId));
    expect(before).toMatchObject({ allowed: false, balance: { limit: 5_000_000, remaining: 0 } });
    const item = await getItem(context(), { customerId, itemId: "messages" });
    expect(await item.increaseQuantity(7)).toBe(7);
    expect(await rowsOf(customerId)).toEqual([
      ["gift", 7],
      ["spent", 5_000_000],
    ]);
    expect(await check(context(), messagesOf(customerId))).toMatchObject({
      allowed: true,
      balance: { limit: 5_000_007, remaining: 7 },
    });
  }, 120_000);

  it("never become more than three rows, one pack after the other, and history names every pack", async () => {
    const customerId = await makeCustomer(test.current.database);
    const item = await getItem(context(), { customerId, itemId: "messages" });
    for (let pack = 1; pack <= 8; pack += 1) {
      await item.increaseQuantity(10);
      await report(context(), { ...messagesOf(customerId), amount: 10 });
      expect((await rowsOf(customerId)).length).toBeLessThanOrEqual(3);
    }
    expect(await check(context(), messagesOf(customerId))).toMatchObject({
      balance: { limit: 80, remaining: 0 },
    });
    const { data } = await listLedger(context(), { customerId, itemId: "messages" });
    expect(data.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(
      Array.from({ length: 8 }, () => ["use -10", "grant 10"]).flat(),
    );
  });

  it("are not given again by a later read of Stripe, and a refund takes one out of the limit", async () => {
    const { database } = test.current;
    const bought = (id: string, expiresAt: Date | null = null) =>
      grantRow({ grantId: `purchase:${id}`, expiresAt });
    const customerId = await makeCustomer(database, { grants: [bought("a"), bought("b"), bought("c")] });
    const project = (desired: ReturnType<typeof bought>[]) =>
      database.transaction((tx) => projectGrants(tx, { customerId, usesTestClocks: true, desired }));
    await report(context(), { ...messagesOf(customerId), amount: 250 });
    for (let read = 1; read <= 2; read += 1) {
      await project([bought("a"), bought("b"), bought("c")]);
      expect(await rowsOf(customerId)).toEqual([
        ["purchase", 100],
        ["spent", 200],
      ]);
    }
    const refundedAt = utc("2026-02-01T00:00:00");
    await project([bought("a", refundedAt), bought("b"), bought("c")]);
    expect(await check(context(), messagesOf(customerId))).toMatchObject({
      balance: { limit: 200, remaining: 50 },
    });
    const { data } = await listLedger(context(), { customerId, itemId: "messages" });
    expect(data.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(["use -250"]);
  });

  it("take back what a reservation held of them", async () => {
    const grants = [grantRow({ grantId: "gift:a" }), grantRow({ grantId: "gift:b" })];
    const customerId = await makeCustomer(test.current.database, { grants });
    const ids: string[] = [];
    for (const amount of [100, 100]) {
      const { reservation } = await reserve(context(), { ...messagesOf(customerId), amount });
      ids.push(reservation?.id ?? "");
    }
    const [first = "", second = ""] = ids;
    await releaseReservation(context(), { ...messagesOf(customerId), reservationId: first });
    const after = await confirmReservation(context(), {
      ...{ ...messagesOf(customerId), reservationId: second },
      amount: 40,
    });
    // 200 granted, 40 used.
    expect(after).toMatchObject({ limit: 200, remaining: 160 });
  });
});
