import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { feature, type PayKitEvent, plan } from "../src/index.js";
import { databases } from "./databases.js";
import { createTestPayKit, request } from "./paykit.js";
import { openShop, type Shop, stripeOf } from "./shop.js";

const messages = feature({ id: "messages", type: "metered" });
const pro = plan({
  id: "pro",
  group: "base",
  price: { amount: 20, interval: "month" },
  includes: [messages({ limit: 1_000, reset: "month" })],
});
const free = (id: string, limit: number) =>
  plan({ id, group: "base", default: true, includes: [messages({ limit, reset: "month" })] });
const before = [free("free", 100), pro] as const;
const after = [free("free", 200), pro] as const;
const successUrl = "https://app.example.com/";

describe.each(databases)("a default plan that the team edits, on $name", ({ open }) => {
  const told: PayKitEvent[] = [];
  let shop: Shop<typeof before>;
  let edited: Shop<typeof after>["paykit"];

  async function messagesOf(id: string) {
    const { limit, balance } = (await edited.getCustomer({ id }))?.entitlements.messages ?? {};
    return [limit, balance];
  }

  async function buyAndCancel(customerId: string) {
    const { paykit } = shop;
    await paykit.upsertCustomer({ id: customerId });
    await shop.pay(await paykit.createCheckoutUrl({ customerId, productId: "pro", successUrl }));
    await paykit.reconcile();
    await paykit.subscribe({ customerId, planId: "free" });
  }

  beforeAll(async () => {
    shop = await openShop({ products: before, database: open, webhooks: false });
    edited = createTestPayKit<typeof after>(shop.database.option, {
      products: after,
      on: { "customer.updated": async (event) => void told.push(event) },
      ...stripeOf(shop.sandbox),
    }).paykit;
    for (const id of ["ann", "bob"]) await shop.paykit.upsertCustomer({ id });
    await shop.paykit.report({ customerId: "ann", featureId: "messages", amount: 40 });
    await buyAndCancel("carl");
    await buyAndCancel("dora");
  });
  afterAll(async () => {
    await edited.close();
    await shop.close();
  });

  it("stays 100 for who came before, at their next sign-in and when everybody is read again; who comes now has 200", async () => {
    await edited.upsertCustomer({ id: "ann", email: "ann@new.example.com" });
    await edited.reconcile();
    await edited.upsertCustomer({ id: "emil" });
    expect(await Promise.all(["ann", "bob", "emil"].map(messagesOf))).toEqual([
      [100, 60],
      [100, 100],
      [200, 200],
    ]);
    const { customer } = await edited.getState(request("/", { user: "stranger" }));
    expect(customer?.entitlements.messages?.limit).toBe(200);
  });

  it("is what somebody falls back to as he had it when he came", async () => {
    const [pro] = (await edited.getCustomer({ id: "carl" }))?.subscriptions ?? [];
    expect(pro).toMatchObject({ planId: "pro", scheduledPlanId: "free" });
    const end = pro?.endsAt?.toISOString();
    const sql = `select quantity::int, starts_at from paykit_grant where customer_id = 'carl' and grant_id = 'plan:free:default'`;
    const [fallback] = await shop.database.sql<{ quantity: number; starts_at: Date }>(sql);
    expect([fallback?.quantity, fallback?.starts_at.toISOString()]).toEqual([100, end]);
  });

  it("is moved on by migrateCustomers, in pages; one that dies half-way is repeated and moves the rest", async () => {
    await shop.database.sql(`create function dies() returns trigger language plpgsql as $$ begin
      if new.customer_id = 'carl' then raise exception 'the process died'; end if; return new; end $$`);
    await shop.database.sql(
      "create trigger dies before update on paykit_grant for each row execute function dies()",
    );
    const all = { planId: "free", to: "latest" } as const;
    expect(await edited.migrateCustomers({ ...all, limit: 1 })).toEqual({
      ...{ migrated: 1, skipped: [], cursor: "ann" },
    });
    await expect(edited.migrateCustomers(all)).rejects.toThrow();
    const given = () =>
      shop.database.sql<{ customer_id: string }>(
        `select customer_id from paykit_customer where default_plans = (select default_plans from paykit_customer where customer_id = 'emil') order by 1`,
      );
    expect((await given()).map((row) => row.customer_id)).toEqual(["ann", "bob", "emil"]);
    await shop.database.sql("drop trigger dies on paykit_grant");
    expect(await edited.migrateCustomers(all)).toEqual({ migrated: 2, skipped: [], cursor: null });
    expect(await edited.migrateCustomers(all)).toEqual({ migrated: 0, skipped: [], cursor: null });
    // 40 of ann's 100 were used, and stay used.
    expect(await Promise.all(["ann", "bob", "emil"].map(messagesOf))).toEqual([
      [200, 160],
      [200, 200],
      [200, 200],
    ]);
    expect(told.map(({ customerId, entitlements }) => [customerId, entitlements.messages?.limit])).toEqual([
      ...[
        ["ann", 200],
        ["bob", 200],
        ["carl", 1000],
        ["dora", 1000],
      ],
    ]);
  });

  it("is then what somebody on another plan falls back to, with nothing asked of Stripe for it", async () => {
    const calls = shop.sandbox.requests.length;
    const sql = `select quantity::int, starts_at > now() as later from paykit_grant where customer_id = 'dora' and grant_id = 'plan:free:default'`;
    expect(await shop.database.sql(sql)).toEqual([{ quantity: 200, later: true }]);
    expect(await messagesOf("dora")).toEqual([1000, 1000]);
    expect(shop.sandbox.requests).toHaveLength(calls);
  });

  it("may become another plan, which who came before is on only after migrateCustomers", async () => {
    const starter = [free("starter", 300), pro] as const;
    const { paykit } = createTestPayKit(shop.database.option, {
      products: starter,
      ...stripeOf(shop.sandbox),
    });
    const planOf = async (id: string) => (await paykit.getCustomer({ id }))?.subscriptions[0]?.planId;
    await paykit.upsertCustomer({ id: "bob", name: "Bob" });
    await paykit.upsertCustomer({ id: "fay" });
    expect([await planOf("bob"), await planOf("fay")]).toEqual(["free", "starter"]);
    expect((await paykit.listCustomers({ planIds: ["starter"] })).data.map(({ id }) => id)).toEqual(["fay"]);
    await paykit.migrateCustomers({ planId: "starter", to: "latest" });
    expect([await planOf("bob"), (await messagesOf("bob"))[0]]).toEqual(["starter", 300]);
    expect((await paykit.listCustomers({ planIds: ["starter"] })).total).toBe(4);
    await paykit.close();
  });
});
