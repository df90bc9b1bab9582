import { describe, expect, it } from "vitest";
import { databases, useDatabase } from "../../test/databases.js";
import { contextOf } from "../../test/ledger-fixture.js";
import { listCustomers } from "./list-customers.js";
import { upsertCustomer } from "./upsert-customer.js";

describe.each(databases)("listCustomers on $name", ({ open }) => {
  const test = useDatabase(open);
  const context = () => contextOf(test.current.database);
  const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);

  it("pages through 5 customers, newest first, by offset and by cursor, and finds those on a plan", async () => {
    for (const id of ["a", "b", "c", "d", "e"]) {
      await upsertCustomer(context(), { id });
      // One instant for two of them: the id decides.
      const minute = id === "c" ? "02" : `0${"abcde".indexOf(id)}`.slice(-2);
      await test.current.sql(
        `update paykit_customer set created_at = '2026-01-01T00:${minute === "01" ? "02" : minute}:00Z' where customer_id = $1`,
        [id],
      );
    }
    const first = await listCustomers(context(), { limit: 2 });
    expect(first).toMatchObject({ total: 5, hasMore: true });
    expect(ids(first)).toEqual(["e", "d"]);
    const second = await listCustomers(context(), { limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ total: null, hasMore: true });
    expect(ids(second)).toEqual(["c", "b"]);
    const third = await listCustomers(context(), { limit: 2, cursor: second.nextCursor });
    expect(third).toMatchObject({ hasMore: false, nextCursor: null });
    expect(ids(third)).toEqual(["a"]);
    expect(ids(await listCustomers(context(), { limit: 2, offset: 3 }))).toEqual(["b", "a"]);

    await test.current.sql(
      `insert into paykit_subscription (customer_id, subscription_id, plan_id, item_id, price_id, plan_group, status, amount, currency, started_at)
       values ('b', 'sub_b', 'pro', 'si', 'price', 'base', 'active', 1900, 'usd', now()),
              ('c', 'sub_c', 'pro', 'si', 'price', 'base', 'canceled', 1900, 'usd', now())`,
    );
    expect(ids(await listCustomers(context(), { planIds: ["pro"] }))).toEqual(["b"]);
    expect(await listCustomers(context(), { planIds: ["free"] })).toMatchObject({ total: 4 });
    expect(await listCustomers(context(), { planIds: ["free", "pro"] })).toMatchObject({ total: 5 });
    expect((await listCustomers(context(), { planIds: ["pro"] })).data[0]?.subscriptions[0]).toMatchObject({
      planId: "pro",
      isEntitled: true,
    });
  });

  it("refuses an unknown plan, a broken cursor and a limit of 101", async () => {
    await expect(listCustomers(context(), { planIds: ["gold"] })).rejects.toMatchObject({
      code: "PLAN_UNKNOWN",
    });
    await expect(listCustomers(context(), { cursor: "xyz" })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
    await expect(listCustomers(context(), { limit: 101 })).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });
});
