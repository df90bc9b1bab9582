import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plan, product } from "../src/index.js";
import { ladderProducts } from "./billed.js";
import { createTestPayKit } from "./paykit.js";
import { openShop, type Shop, stripeOf } from "./shop.js";

const products = [
  ...ladderProducts,
  plan({ id: "hosting", price: { amount: 7, interval: "month" } }),
  product({ id: "lifetime_deal", price: { amount: 99 } }),
] as const;
const successUrl = "https://app.example.com/billing";

/** The SDK's own begin with `stripe-node-retry-` and are new for every call, so they tie no two attempts together. */
const chosen = /^paykit-create-[0-9a-f]{40}$/;
/** A create ends in the name of a collection, everything else in an id or in a verb after one. */
const collection = /^\/v1\/((checkout|billing_portal|test_helpers)\/)?[a-z_]+$/;

function isCreate({ method, path }: { method: string; path: string }): boolean {
  return method === "POST" && collection.test(path);
}

async function openKeyed(options: { testClocks?: boolean } = {}) {
  return openShop({ products, webhooks: false, paykit: { testing: options } });
}

type Keyed = Shop<typeof products>;

async function setCard(shop: Keyed, customerId: string) {
  const customer = await shop.stripeId(customerId);
  const { id } = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return customer;
}

describe("what PayKit makes at Stripe", () => {
  let shop: Keyed;
  beforeAll(async () => {
    shop = await openKeyed({ testClocks: true });
  });
  afterAll(() => shop.close());

  /** A page that is left open where PayKit cannot close it: at Stripe, by hand. */
  async function openAgain(): Promise<string> {
    const made = shop.ownCommands().filter(({ path }) => path === "/v1/checkout/sessions");
    const { url } = await shop.stripe.checkout.sessions.create(made.at(-1)?.params as object);
    return url ?? "";
  }

  it("carries a key that PayKit chose, by every command and by sync: 11 kinds of things", async () => {
    const { paykit } = shop;
    const ann = { customerId: "ann" } as const;
    await paykit.upsertCustomer({ id: "ann" });
    await paykit.getTestClock(ann);
    // One-time, twice on two pages: reading it gives the second payment back.
    const deal = await paykit.createCheckoutUrl({ ...ann, productId: "lifetime_deal", successUrl });
    const secondDeal = await openAgain();
    await shop.pay(deal);
    await shop.pay(secondDeal);
    await paykit.reconcile();
    // A plan, twice: reading it refunds and ends the second.
    const page = await paykit.createCheckoutUrl({ ...ann, productId: "premium", successUrl });
    const secondPage = await openAgain();
    await shop.pay(page);
    await shop.pay(secondPage);
    await paykit.reconcile();
    await paykit.customerPortal({ ...ann, returnUrl: successUrl, flow: "switch_plan" });
    // With the card on file.
    await paykit.upsertCustomer({ id: "bob" });
    const bob = { customerId: "bob" } as const;
    await paykit.customerPortal({ ...bob, returnUrl: successUrl });
    await setCard(shop, "bob");
    await paykit.subscribe({ ...bob, planId: "premium", addOnPlanIds: ["single_sign_on"] });
    await paykit.addAddOn({ ...bob, planId: "hosting" });
    await paykit.removeAddOn({ ...bob, planId: "hosting" });
    await paykit.previewSubscribe({ ...bob, planId: "ultra" });
    await paykit.subscribe({ ...bob, planId: "ultra" });
    await paykit.subscribe({ ...bob, planId: "pro" });
    await paykit.subscribe({ ...bob, planId: "free" });
    await paykit.subscribe({ ...bob, planId: "ultra" });

    const created = shop.ownCommands().filter(isCreate);
    const unkeyed = created.filter(({ idempotencyKey }) => !chosen.test(idempotencyKey ?? ""));
    expect(unkeyed.map(({ path }) => path)).toEqual([]);
    const kinds = new Set(created.map(({ path, params }) => [path, params.mode].filter(Boolean).join(" ")));
    expect([...kinds].sort()).toEqual([
      "/v1/billing_portal/configurations",
      "/v1/billing_portal/sessions",
      "/v1/checkout/sessions payment",
      "/v1/checkout/sessions subscription",
      "/v1/customers",
      "/v1/prices",
      "/v1/products",
      "/v1/refunds",
      "/v1/subscription_schedules",
      "/v1/subscriptions",
      "/v1/test_helpers/test_clocks",
    ]);
    // No two things share a key; the product of two prices is asked for twice, by the same one.
    const keyed = created.map(({ idempotencyKey, path, params }) => [
      idempotencyKey,
      JSON.stringify([path, params]),
    ]);
    const pairs = new Set(keyed.map((pair) => pair.join()));
    expect(new Set(keyed.map(([key]) => key)).size).toBe(pairs.size);
  });

  it("leaves the key to the SDK only where doing it twice does the same as doing it once", async () => {
    const { paykit } = shop;
    const dora = { customerId: "dora" } as const;
    await paykit.upsertCustomer({ id: "dora" });
    const { now } = await paykit.getTestClock(dora);
    // Another page in place of the one that is open, a declined card, then a better plan by page, which credits the rest.
    await paykit.createCheckoutUrl({ ...dora, productId: "premium", successUrl });
    await paykit.createCheckoutUrl({ ...dora, productId: "premium", successUrl: `${successUrl}/new` });
    const customer = await setCard(shop, "dora");
    await paykit.subscribe({ ...dora, planId: "premium" });
    shop.sandbox.faults.cards(customer, "decline");
    await expect(paykit.addAddOn({ ...dora, planId: "hosting" })).rejects.toMatchObject({
      code: "CARD_DECLINED",
    });
    shop.sandbox.faults.cards(customer, null);
    const better = await paykit.createCheckoutUrl({ ...dora, productId: "ultra", successUrl });
    await shop.pay(better);
    await paykit.upsertCustomer({ id: "dora", email: "dora@new.example" });
    await paykit.advanceTestClock({ ...dora, to: new Date(now.getTime() + 86_400_000) });
    await paykit.customerPortal({ ...dora, returnUrl: successUrl });
    await paykit.deleteCustomer({ id: "dora" });

    const commands = shop.ownCommands().filter(({ method }) => method === "POST");
    const unkeyed = commands.filter(({ idempotencyKey }) => !idempotencyKey?.startsWith("paykit-"));
    const verbs = unkeyed.map(({ path }) => path.replace(/\/[a-z]+(_[a-z]+)*_[^/_]*[0-9A-Z][^/]*/, "/:id"));
    expect([...new Set(verbs)].sort()).toEqual([
      "/v1/checkout/sessions/:id/expire",
      "/v1/customers/:id",
      "/v1/invoices/:id/finalize",
      "/v1/invoices/:id/void",
      "/v1/invoices/create_preview",
      "/v1/test_helpers/test_clocks/:id/advance",
    ]);
  });
});

describe("a command that is repeated because its answer got lost", () => {
  let shop: Keyed;
  beforeAll(async () => {
    shop = await openKeyed();
  });
  afterAll(() => shop.close());

  const isPost = (path: string) => (request: { method: string; path: string }) =>
    request.method === "POST" && request.path === path;

  /** The first try is carried out at Stripe, and nobody hears of it. */
  async function loseAnswer(path: string, command: () => Promise<unknown>) {
    shop.sandbox.faults.api({ closeBeforeAnswer: true, match: isPost(path) });
    await expect(command()).rejects.toMatchObject({ code: "STRIPE_UNAVAILABLE" });
    shop.sandbox.faults.api(null);
  }

  const sent = (path: string, customer: string) =>
    shop
      .ownCommands()
      .filter(isPost(path))
      .filter(({ params }) => params.customer === customer)
      .map(({ idempotencyKey }) => idempotencyKey);

  it("names the same customer and the same page by the same keys: one of each at Stripe", async () => {
    const ann = { customerId: "ann", productId: "premium", successUrl } as const;
    await shop.paykit.upsertCustomer({ id: "ann" });
    const click = () => shop.paykit.createCheckoutUrl(ann);
    await loseAnswer("/v1/customers", click);
    await loseAnswer("/v1/checkout/sessions", click);
    const url = await click();
    expect(await click()).toBe(url);
    expect(new Set(shop.calls(/^POST \/v1\/customers$/).map((call) => call.idempotencyKey)).size).toBe(1);
    const customer = await shop.stripeId("ann");
    expect((await shop.stripe.customers.list()).data.map(({ id }) => id)).toEqual([customer]);
    expect((await shop.stripe.checkout.sessions.list({ customer })).data).toHaveLength(1);
    expect(new Set(sent("/v1/checkout/sessions", customer)).size).toBe(1);
  });

  it("names the same subscription by the same key, also when the second process cannot see it yet", async () => {
    const bob = { customerId: "bob", planId: "premium" } as const;
    await shop.paykit.upsertCustomer({ id: "bob" });
    await shop.paykit.customerPortal({ customerId: "bob", returnUrl: successUrl });
    const customer = await setCard(shop, "bob");
    await loseAnswer("/v1/subscriptions", () => shop.paykit.subscribe(bob));
    const blind = createTestPayKit<typeof products>(shop.database.option, { products, ...blindStripe(shop) });
    const { invoice } = await blind.paykit.subscribe(bob);
    expect(invoice).toMatchObject({ total: 5000, status: "paid" });
    await blind.paykit.close();
    expect((await shop.stripe.subscriptions.list({ customer, status: "all" })).data).toHaveLength(1);
    const requests = shop
      .calls(/^POST \/v1\/subscriptions$/)
      .filter(({ params }) => params.customer === customer);
    // Three times by the first process, which never heard an answer, and once by the second.
    expect(requests).toHaveLength(4);
    expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it.each(["/v1/customers", "/v1/products", "/v1/prices", "/v1/checkout/sessions"])(
    "works at once after Stripe failed at POST %s, though it repeats that failure for a day",
    async (path) => {
      const id = `after-${path.split("/").at(-1)}`;
      const fresh = plan({ id: id.replaceAll("/", "_"), price: { amount: 3, interval: "month" } });
      const options = { products: [fresh], ...stripeOf(shop.sandbox) };
      const { paykit } = createTestPayKit<readonly (typeof fresh)[]>(shop.database.option, options);
      await paykit.upsertCustomer({ id });
      const click = () => paykit.createCheckoutUrl({ customerId: id, productId: fresh.id, successUrl });
      shop.sandbox.faults.api({ status: 500, match: isPost(path) });
      for (const _ of [1, 2]) await expect(click()).rejects.toMatchObject({ code: "STRIPE_UNAVAILABLE" });
      shop.sandbox.faults.api(null);
      expect(await click()).toContain("http");
      await paykit.close();
    },
  );

  it("gives a portal's link again for the same click, and another for another", async () => {
    await shop.paykit.upsertCustomer({ id: "carl" });
    const click = async (idempotencyKey: string) =>
      (await shop.send("/portal", { user: "carl", json: { returnUrl: "/billing", idempotencyKey } })).body
        .url;
    const url = await click("click-1");
    expect(await click("click-1")).toBe(url);
    expect(await click("click-2")).not.toBe(url);
  });
});

/** A Stripe that is still at work on a new subscription: no list has it yet. */
function blindStripe({ sandbox }: Keyed) {
  const { stripe } = stripeOf(sandbox);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { method, url } = new Request(input, init);
    const isList = method === "GET" && new URL(url).pathname === "/v1/subscriptions";
    return isList ? Response.json({ object: "list", data: [], has_more: false }) : stripe.fetch(input, init);
  };
  return { stripe: { ...stripe, fetch } };
}
