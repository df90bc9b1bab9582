import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ladderProducts } from "./billed.js";
import { createTestPayKit, request } from "./paykit.js";
import { openShop, type Shop, stripeOf } from "./shop.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const returnUrl = "https://app.example.com/billing";
const patience = { timeout: 60_000, interval: 50 };
let shop: Shop<typeof ladderProducts>;

/** No event ever arrives. */
beforeAll(async () => {
  const paykit = { testing: { testClocks: true } };
  shop = await openShop({ products: ladderProducts, webhooks: false, paykit });
});
afterAll(() => shop.close());

/** Somebody on a plan of theirs, with a card; when its first period ends. */
async function start(id: string, planId: "premium" | "pro" = "premium"): Promise<number> {
  await shop.paykit.upsertCustomer({ id });
  await shop.paykit.customerPortal({ customerId: id, returnUrl });
  const customer = await shop.stripeId(id);
  const method = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await shop.paykit.subscribe({ customerId: id, planId });
  return (await look(id)).plan?.currentPeriodEnd?.getTime() ?? Number.NaN;
}

async function look(id: string) {
  const customer = await shop.paykit.getCustomer({ id });
  return { plan: customer?.subscriptions[0], limit: customer?.entitlements.messages.limit };
}

/** Time passes here, and nowhere is anybody told. */
async function setNow(id: string, time: number) {
  await shop.database.sql("update paykit_customer set test_clock_now = $1 where customer_id = $2", [
    new Date(time).toISOString(),
    id,
  ]);
}

/** Time passes at Stripe and here. */
async function pass(id: string, time: number) {
  const [row] = await shop.database.sql<{ test_clock_id: string }>(
    "select test_clock_id from paykit_customer where customer_id = $1",
    [id],
  );
  await shop.stripe.testHelpers.testClocks.advance(row?.test_clock_id ?? "", {
    frozen_time: Math.ceil(time / 1000),
  });
  await shop.sandbox.settled();
  await setNow(id, time);
}

async function dueIn(id: string): Promise<number> {
  const [row] = await shop.database.sql<{ ms: number }>(
    "select extract(epoch from sync_due_at - test_clock_now)::float8 * 1000 as ms from paykit_customer where customer_id = $1",
    [id],
  );
  return row?.ms ?? Number.NaN;
}

async function isExpected(id: string): Promise<boolean> {
  const rows = await shop.database.sql(
    "select from paykit_customer where customer_id = $1 and sync_due_at is not null",
    [id],
  );
  return rows.length > 0;
}

const visit = (id: string) => shop.send("/customer", { user: id });
const reads = () => shop.calls(/^GET \/v1\/subscriptions$/).length;
const periodEnd = async (id: string) => (await look(id)).plan?.currentPeriodEnd?.getTime() ?? 0;

describe("a renewal that was paid and nobody heard of", { timeout: 120_000 }, () => {
  it("costs nobody the plan, and is read after the answer to the next visit: once, by one of two processes", async () => {
    const end = await start("ann");
    await pass("ann", end + 3 * hourMs);
    expect(await look("ann")).toMatchObject({ plan: { isEntitled: true, willRenew: true }, limit: 5000 });
    const other = createTestPayKit(shop.database.option, {
      products: ladderProducts,
      testing: { testClocks: true },
      ...stripeOf(shop.sandbox),
    }).paykit;
    const before = reads();
    const answers = await Promise.all(
      [shop.paykit, other, shop.paykit, other].map(({ handler }) =>
        handler(request("/customer", { user: "ann" })),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await vi.waitFor(async () => expect(await periodEnd("ann")).toBeGreaterThan(end), patience);
    expect(reads() - before).toBe(1);
    // The next news is due after the next period.
    expect(await dueIn("ann")).toBeGreaterThan(20 * dayMs);
    await visit("ann");
    expect(reads() - before).toBe(1);
    await other.close();
  });

  it("is read at the next sign-in too, and by a server-rendered page, but by nothing that only reads", async () => {
    for (const id of ["bob", "carl"]) await pass(id, (await start(id)) + 3 * hourMs);
    const [bob, carl] = [await periodEnd("bob"), await periodEnd("carl")];
    const before = shop.sandbox.requests.length;
    await shop.paykit.check({ customerId: "bob", featureId: "messages" });
    await shop.paykit.report({ customerId: "bob", featureId: "messages" });
    await shop.paykit.getCustomer({ id: "bob" });
    await shop.paykit.listCustomers();
    expect(shop.sandbox.requests).toHaveLength(before);
    await shop.paykit.upsertCustomer({ id: "bob" });
    await vi.waitFor(async () => expect(await periodEnd("bob")).toBeGreaterThan(bob), patience);
    await shop.paykit.getState(request("/", { user: "carl" }));
    await vi.waitFor(async () => expect(await periodEnd("carl")).toBeGreaterThan(carl), patience);
  });

  it("is read along with somebody else's, for who never comes to look, whomever Stripe does not know", async () => {
    const [dora, emil, lost] = [await start("dora"), await start("emil"), await start("lost")];
    await setNow("lost", lost + 9 * hourMs);
    await shop.database.sql(
      "update paykit_customer set stripe_customer_id = 'cus_lost' where customer_id = 'lost'",
    );
    await pass("emil", emil + 3 * hourMs);
    await pass("dora", dora + 3 * hourMs);
    await visit("dora");
    await vi.waitFor(async () => expect(await periodEnd("emil")).toBeGreaterThan(emil), patience);
    await vi.waitFor(() => expect(shop.log.lines.join()).toContain("lost could not be read again"), patience);
    await shop.database.sql("update paykit_customer set sync_due_at = null where customer_id = 'lost'");
  });

  it("is asked for again after 10 minutes when Stripe did not answer, and the visit is answered all the same", async () => {
    const end = await start("fay");
    await pass("fay", end + 3 * hourMs);
    shop.sandbox.faults.api({ status: 500 });
    expect((await visit("fay")).status).toBe(200);
    await vi.waitFor(() => expect(shop.log.lines.join()).toContain("fay could not be read again"), patience);
    shop.sandbox.faults.api(null);
    expect(await dueIn("fay")).toBe(10 * 60_000);
    await setNow("fay", end + 3 * hourMs + 10 * 60_000);
    await visit("fay");
    await vi.waitFor(async () => expect(await periodEnd("fay")).toBeGreaterThan(end), patience);
  });
});

describe("a renewal that failed and nobody heard of", { timeout: 120_000 }, () => {
  it("is given for 7 days and not a millisecond longer, to somebody whom nobody reads again", async () => {
    const end = await start("gus");
    shop.sandbox.faults.cards(await shop.stripeId("gus"), "decline");
    await pass("gus", end + 7 * dayMs - 1);
    expect(await look("gus")).toMatchObject({ plan: { planId: "premium", isEntitled: true }, limit: 5000 });
    await setNow("gus", end + 7 * dayMs);
    expect(await look("gus")).toMatchObject({ plan: { planId: "premium", isEntitled: false }, limit: 100 });
    const { data } = await shop.paykit.listCustomers({ planIds: ["premium"], limit: 100 });
    expect(data.map(({ id }) => id)).not.toContain("gus");
  });

  it("is past due after the next visit, and given until the same instant", async () => {
    const end = await start("hal");
    shop.sandbox.faults.cards(await shop.stripeId("hal"), "decline");
    await pass("hal", end + 3 * hourMs);
    await visit("hal");
    await vi.waitFor(async () => expect((await look("hal")).plan?.status).toBe("past_due"), patience);
    await setNow("hal", end + 7 * dayMs - 1);
    expect((await look("hal")).limit).toBe(5000);
    await setNow("hal", end + 7 * dayMs);
    expect((await look("hal")).limit).toBe(100);
  });

  it("is not taken for paid because the new period was heard of: 7 days from its first invoice on", async () => {
    const end = await start("ida");
    shop.sandbox.faults.cards(await shop.stripeId("ida"), "decline");
    await pass("ida", end + 10 * 60_000);
    await shop.paykit.reconcile();
    expect(await periodEnd("ida")).toBeGreaterThan(end + 20 * dayMs);
    // Two hours after the invoice, which is collected after one.
    expect(await dueIn("ida")).toBe(110 * 60_000);
    await setNow("ida", end + 7 * dayMs - 1);
    expect((await look("ida")).limit).toBe(5000);
    await setNow("ida", end + 7 * dayMs);
    expect(await look("ida")).toMatchObject({ plan: { isEntitled: false }, limit: 100 });
  });
});

describe("the end of a trial that nobody heard of", { timeout: 120_000 }, () => {
  it("is the first paid period by its date, for the 7 days in which the payment must be heard of", async () => {
    const end = await start("kim", "pro");
    expect((await look("kim")).plan).toMatchObject({ status: "trialing", isEntitled: true });
    await setNow("kim", end);
    expect(await look("kim")).toMatchObject({ plan: { status: "active", isEntitled: true }, limit: 1000 });
    await setNow("kim", end + 7 * dayMs);
    expect(await look("kim")).toMatchObject({ plan: { status: "active", isEntitled: false }, limit: 100 });
    await pass("kim", end + 7 * dayMs);
    await visit("kim");
    // It was paid: what was taken back by date is given again.
    await vi.waitFor(async () => expect((await look("kim")).limit).toBe(1000), patience);
  });
});

describe("a page that was paid on, whose buyer never came back", { timeout: 120_000 }, () => {
  it("is found at the first visit an hour later: 500 messages beside Free's 100, and nothing more is expected", async () => {
    await shop.paykit.upsertCustomer({ id: "lou" });
    const successUrl = "https://app.example.com/";
    const url = await shop.paykit.createCheckoutUrl({ customerId: "lou", productId: "pack", successUrl });
    await shop.pay(url);
    const balance = async () => (await shop.paykit.getCustomer({ id: "lou" }))?.entitlements.messages.balance;
    const { now } = await shop.paykit.getTestClock({ customerId: "lou" });
    await setNow("lou", now.getTime() + hourMs - 1000);
    const before = shop.sandbox.requests.length;
    await visit("lou");
    expect(shop.sandbox.requests).toHaveLength(before);
    expect(await balance()).toBe(100);
    await setNow("lou", now.getTime() + hourMs + 60_000);
    await visit("lou");
    await vi.waitFor(async () => expect(await balance()).toBe(600), patience);
    expect(await isExpected("lou")).toBe(false);
  });

  it("is asked for once more an hour later while nobody has paid, and no more when the page has expired", async () => {
    await shop.paykit.upsertCustomer({ id: "max" });
    const successUrl = "https://app.example.com/";
    await shop.paykit.createCheckoutUrl({ customerId: "max", productId: "premium", successUrl });
    const { now } = await shop.paykit.getTestClock({ customerId: "max" });
    await setNow("max", now.getTime() + 2 * hourMs);
    await visit("max");
    await vi.waitFor(async () => expect(await dueIn("max")).toBe(hourMs), patience);
    await setNow("max", now.getTime() + 25 * hourMs);
    await visit("max");
    await vi.waitFor(async () => expect(await isExpected("max")).toBe(false), patience);
  });
});
