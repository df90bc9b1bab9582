import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PayKitEvent } from "../src/index.js";
import { createTestPayKit } from "./paykit.js";
import { openShop, type Shop, stripeOf, webhookSecret } from "./shop.js";

let shop: Shop;
let told: PayKitEvent[] = [];
let onEvent: (event: PayKitEvent) => void = () => {};

beforeAll(async () => {
  shop = await openShop({ paykit: { on: { "*": async (event) => onEvent(event) } } });
  shop.sandbox.faults.webhooks({ drop: true });
});
afterAll(() => shop.close());
beforeEach(() => {
  told = [];
  onEvent = (event) => void told.push(event);
});

/** Buys as a new customer, and gives the events of it, oldest first. None has been delivered. */
async function buy(user: string, productId: "pro" | "credit_pack" = "pro") {
  const { body } = await shop.send("/checkout", { user, json: { productId } });
  await shop.pay(body.url);
  const stripeId = await shop.stripeId(user);
  const { data } = await shop.stripe.events.list({ limit: 100 });
  const own = data.filter(({ data: { object } }) => "customer" in object && object.customer === stripeId);
  return own.reverse();
}

/** As if nothing had ever arrived. */
async function forget(user: string) {
  for (const table of ["subscription", "grant", "purchase", "notice"]) {
    await shop.database.sql(`delete from paykit_${table} where customer_id = '${user}'`);
  }
  await shop.database.sql("delete from paykit_event");
  await shop.database.sql(
    "update paykit_customer set sync_applied = 0, synced_at = null, default_plans = '{}'",
  );
  await shop.paykit.upsertCustomer({ id: user });
}

async function stateOf(user: string) {
  const customer = await shop.paykit.getCustomer({ id: user });
  return {
    plans: customer?.subscriptions.map(({ planId, status }) => `${planId} ${status}`),
    messages: customer?.entitlements.messages.balance,
    credits: customer?.entitlements.credits.balance,
    products: customer?.products,
  };
}

/** Everything that is known of somebody, and which events were processed. */
async function rowsOf(user: string): Promise<string> {
  const of = `where customer_id = '${user}' order by 1`;
  const rows = [
    await shop.database.sql(`select to_jsonb(s) as row from paykit_subscription s ${of}`),
    await shop.database.sql(`select to_jsonb(g) - 'settled_at' as row from paykit_grant g ${of}`),
    await shop.database.sql(`select to_jsonb(p) as row from paykit_purchase p ${of}`),
    await shop.database.sql("select event_id from paykit_event order by 1"),
  ];
  return JSON.stringify(rows);
}

const onPro = { plans: ["pro active"], messages: 2000, credits: 0, products: [] };
const onFree = { plans: ["free active"], messages: 100, credits: 0, products: [] };

const signed = new Map<string, { payload: string; signature: string }>();

/** An event as Stripe sends it, the same each time, as Stripe's own repeats are. */
async function sign(id: string) {
  const known = signed.get(id);
  if (known !== undefined) return known;
  const event = await shop.stripe.events.retrieve(id);
  const payload = JSON.stringify(event);
  const signature = await shop.stripe.webhooks.generateTestHeaderStringAsync({
    payload,
    secret: webhookSecret,
  });
  signed.set(id, { payload, signature });
  return { payload, signature };
}

/** A delivery as Stripe makes it. */
async function deliver(id: string, handler = shop.paykit.handler) {
  const { payload, signature } = await sign(id);
  const url = "https://app.example.com/api/paykit/webhook";
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  return (await handler(new Request(url, { method: "POST", headers, body: payload }))).status;
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, index) =>
    permutations(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

const delivered = [
  "payment_method.attached",
  "customer.subscription.created",
  "invoice.paid",
  "invoice.payment_succeeded",
  "checkout.session.completed",
];

describe("POST /webhook, the events of a checkout", () => {
  /**
   * By induction over sets: whatever was delivered so far, in the order of the list, one more event leads to the very rows
   * that the larger set leads to. So every one of the 720 orders of 6 walks through the same 64 states.
   */
  it("gives Pro in every one of 720 orders of 6 events, each twice, from the first that tells of it on", async () => {
    const events = (await buy("ann")).filter(({ type }) =>
      ["payment_intent.succeeded", ...delivered].includes(type),
    );
    const ids = events.map(({ id }) => id);
    // Two of them are acknowledged and mean nothing to PayKit: `invoice.paid` says the same, and more.
    const silent = ["payment_intent.succeeded", "invoice.payment_succeeded"];
    const telling = events.filter(({ type }) => !silent.includes(type)).map(({ id }) => id);
    expect([ids.length, telling.length]).toEqual([6, 4]);
    const seen = new Map<string, string>();
    let steps = 0;
    for (let set = 0; set < 64; set += 1) {
      const before = ids.filter((_, index) => set & (1 << index));
      for (const next of ids.filter((id) => !before.includes(id))) {
        await forget("ann");
        for (const id of [...before, next]) {
          expect(await deliver(id)).toBe(200);
          expect(await deliver(id)).toBe(200);
        }
        const reached = ids.filter((id) => id === next || before.includes(id));
        const after = reached.join();
        const rows = await rowsOf("ann");
        expect(rows).toBe(seen.get(after) ?? rows);
        seen.set(after, rows);
        steps += 1;
        expect(await stateOf("ann")).toEqual(reached.some((id) => telling.includes(id)) ? onPro : onFree);
      }
    }
    // 6 events times the 32 sets that lack them.
    expect([steps, seen.size]).toEqual([192, 63]);
  }, 120_000);

  it("gives the pack once in every order, each event twice", async () => {
    const events = await buy("bob", "credit_pack");
    const ids = events.filter(({ type }) => delivered.includes(type)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    for (const order of permutations(ids)) {
      await forget("bob");
      for (const id of [...order, ...order]) await deliver(id);
      const products = [{ productId: "credit_pack", quantity: 1 }];
      expect(await stateOf("bob")).toEqual({ ...onFree, credits: 500, products });
    }
  });

  it.each(delivered)("is made good by reconcile when %s is lost", async (lost) => {
    const user = `without-${delivered.indexOf(lost)}`;
    const events = await buy(user);
    const before = events.find(({ type }) => type === lost);
    expect(before).toBeDefined();
    await shop.paykit.reconcile();
    expect(await stateOf(user)).toEqual(onPro);
    for (const { id, type } of events) if (type !== lost) await deliver(id);
    expect(await stateOf(user)).toEqual(onPro);
  });

  it("does nothing for a repeat: not one request to Stripe", async () => {
    const [event] = (await buy("carl")).filter(({ type }) => type === "invoice.paid");
    await deliver(event?.id ?? "");
    const lists = () => shop.calls(/^GET \/v1\/subscriptions$/).length;
    const before = lists();
    expect(await deliver(event?.id ?? "")).toBe(200);
    expect(lists()).toBe(before);
  });

  it("costs a burst of 12 at most two reads of Stripe", async () => {
    const events = await buy("dora");
    await forget("dora");
    const reads = () => shop.calls(/^GET \/v1\/subscriptions$/).length;
    const before = reads();
    const ids = events.filter(({ type }) => delivered.includes(type)).map(({ id }) => id);
    const burst = Array.from({ length: 12 }, (_, index) => ids[index % ids.length] ?? "");
    expect(await Promise.all(burst.map((id) => deliver(id)))).toEqual(Array(12).fill(200));
    expect(reads() - before).toBeLessThanOrEqual(2);
    expect(await stateOf("dora")).toEqual(onPro);
  });

  it("resurrects nothing with an old event after the end", async () => {
    const events = await buy("emil");
    for (const { id } of events) await deliver(id);
    const stripeId = await shop.stripeId("emil");
    const [subscription] = (await shop.stripe.subscriptions.list({ customer: stripeId })).data;
    await shop.stripe.subscriptions.cancel(subscription?.id ?? "");
    await shop.paykit.reconcile();
    expect(await stateOf("emil")).toEqual(onFree);
    await shop.database.sql("delete from paykit_event");
    for (const { id } of events) await deliver(id);
    expect(await stateOf("emil")).toEqual(onFree);
  });

  it("ignores a customer of another app on the same account, and a type it does not know", async () => {
    const stranger = await shop.stripe.customers.create({ email: "ann@example.com" });
    await shop.stripe.customers.update(stranger.id, { name: "Ann" });
    const { data } = await shop.stripe.events.list({ limit: 2 });
    for (const { id } of data) expect(await deliver(id)).toBe(200);
  });
});

describe("on", () => {
  it("tells what happened after the commit, once, with the state after it", async () => {
    const events = await buy("fred");
    for (const { id } of events) await deliver(id);
    for (const { id } of events) await deliver(id);
    expect(told.map(({ type }) => type)).toEqual(["subscription.activated", "customer.updated"]);
    expect(told[0]).toMatchObject({
      customerId: "fred",
      planId: "pro",
      subscriptions: [{ planId: "pro", status: "active" }],
      entitlements: { messages: { balance: 2000 } },
    });
  });

  it("makes Stripe try again when it throws, and is told again then, and never after", async () => {
    const [first, ...rest] = (await buy("gina")).filter(({ type }) => delivered.includes(type));
    onEvent = () => {
      throw new Error("mail server down");
    };
    expect(await deliver(first?.id ?? "")).toBe(500);
    expect(await stateOf("gina")).toEqual(onPro);
    onEvent = (event) => void told.push(event);
    expect(await deliver(first?.id ?? "")).toBe(200);
    for (const { id } of rest) await deliver(id);
    expect(told.map(({ type }) => type)).toEqual(["subscription.activated", "customer.updated"]);
  });

  it("tells of a purchase and of its refund", async () => {
    const events = await buy("hugo", "credit_pack");
    for (const { id } of events) await deliver(id);
    expect(told.map(({ type }) => type)).toEqual(["purchase.completed", "customer.updated"]);
    expect(told[0]).toMatchObject({
      productId: "credit_pack",
      quantity: 1,
      entitlements: { credits: { balance: 500 } },
    });
    const sessions = await shop.stripe.checkout.sessions.list({ customer: await shop.stripeId("hugo") });
    await shop.stripe.refunds.create({ payment_intent: String(sessions.data[0]?.payment_intent) });
    const { data } = await shop.stripe.events.list({ type: "charge.refunded" });
    await deliver(data[0]?.id ?? "");
    expect(told.map(({ type }) => type).slice(2)).toEqual(["purchase.refunded", "customer.updated"]);
    expect(await stateOf("hugo")).toEqual(onFree);
  });
});

describe("a dispute", () => {
  it("takes the pack back when it is lost, and not before", async () => {
    const { body } = await shop.send("/checkout", { user: "dispute", json: { productId: "credit_pack" } });
    await shop.pay(body.url, "4000000000000259");
    await shop.paykit.reconcile();
    expect(await stateOf("dispute")).toMatchObject({ credits: 500 });
    const { data } = await shop.stripe.disputes.list();
    const evidence = { uncategorized_text: "losing_evidence" };
    await shop.stripe.disputes.update(data[0]?.id ?? "", { evidence, submit: true });
    const [closed] = (await shop.stripe.events.list({ type: "charge.dispute.closed" })).data;
    expect(await deliver(closed?.id ?? "")).toBe(200);
    expect(await stateOf("dispute")).toEqual(onFree);
  });
});

describe("POST /webhook, when something is down", () => {
  it("does not acknowledge without the database: 503 DATABASE_UNAVAILABLE", async () => {
    const [event] = await buy("ida");
    const { paykit } = createTestPayKit("postgres://127.0.0.1:1/none", stripeOf(shop.sandbox));
    const events = (await buy("ida2")).filter(({ type }) => delivered.includes(type));
    expect(event).toBeDefined();
    expect(await deliver(events[0]?.id ?? "", paykit.handler)).toBe(503);
    await paykit.close();
  });

  it.each([
    [{ status: 500 }, 503],
    [{ status: 429 }, 503],
    [{ closeBeforeAnswer: true }, 503],
  ])(
    "does not acknowledge when Stripe answers the re-read with %j, and is right after the retry",
    async (fault, status) => {
      const user = `fault-${JSON.stringify(fault).replace(/\W/g, "")}`;
      const [event] = (await buy(user)).filter(({ type }) => type === "invoice.paid");
      const read = ({ path }: { path: string }) => path === "/v1/subscriptions";
      shop.sandbox.faults.api({ ...fault, match: read });
      expect(await deliver(event?.id ?? "")).toBe(status);
      expect(await stateOf(user)).toEqual(onFree);
      shop.sandbox.faults.api(null);
      expect(await deliver(event?.id ?? "")).toBe(200);
      expect(await stateOf(user)).toEqual(onPro);
    },
  );
});
