import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { createSandbox } from "./create-sandbox.js";

function setUp() {
  const sandbox = createSandbox();
  const stripe = new Stripe(sandbox.secretKey, {
    httpClient: Stripe.createFetchHttpClient(sandbox.handler),
    maxNetworkRetries: 0,
  });
  return { sandbox, stripe };
}

function post(body: string, key: string): RequestInit {
  return {
    method: "POST",
    headers: { authorization: "Bearer sk_test_1", "idempotency-key": key },
    body,
  };
}

const CUSTOMERS = "http://api.test/v1/customers";

describe("createSandbox", () => {
  it("acts once for an idempotency key, and gives the first answer again", async () => {
    const { sandbox, stripe } = setUp();
    const first = await sandbox.handler(CUSTOMERS, post("name=Ada", "key-1"));
    const again = await sandbox.handler(CUSTOMERS, post("name=Ada", "key-1"));
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.headers.get("request-id")).toBe(first.headers.get("request-id"));
    expect(await again.json()).toEqual(await first.json());
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it("refuses an idempotency key with other parameters, and one that is still in use", async () => {
    const { sandbox } = setUp();
    await sandbox.handler(CUSTOMERS, post("name=Ada", "key-1"));
    const other = await sandbox.handler(CUSTOMERS, post("name=Grace", "key-1"));
    expect([other.status, await other.json()]).toMatchObject([400, { error: { type: "idempotency_error" } }]);

    sandbox.faults.api({ delayMs: 5, times: 1 });
    const [slow, early] = await Promise.all([
      sandbox.handler(CUSTOMERS, post("name=Ada", "key-2")),
      sandbox.handler(CUSTOMERS, post("name=Ada", "key-2")),
    ]);
    expect([slow.status, early.status]).toEqual([200, 409]);
    expect(early.headers.get("stripe-should-retry")).toBe("true");
  });

  it("lets a refused request be put right under the same key, and repeats a refused card", async () => {
    const { sandbox } = setUp();
    expect((await sandbox.handler(CUSTOMERS, post("nonsense=1", "key-1"))).status).toBe(400);
    expect((await sandbox.handler(CUSTOMERS, post("name=Ada", "key-1"))).status).toBe(200);
    const intents = "http://api.test/v1/payment_intents";
    const declined = "amount=500&currency=usd&confirm=true&payment_method=pm_card_chargeDeclined";
    const first = await sandbox.handler(intents, post(declined, "key-2"));
    const again = await sandbox.handler(intents, post(declined, "key-2"));
    expect([first.status, again.status]).toEqual([402, 402]);
    expect(await again.json()).toEqual(await first.json());
  });

  it("limits the rate, fails and slows down on demand", async () => {
    const { sandbox, stripe } = setUp();
    sandbox.faults.api({ status: 429, times: 1 });
    await expect(stripe.customers.list()).rejects.toMatchObject({
      type: "StripeRateLimitError",
      code: "rate_limit",
    });
    await expect(stripe.customers.list()).resolves.toMatchObject({ data: [] });
    sandbox.faults.api({ status: 500, match: ({ method }) => method === "POST" });
    await expect(stripe.customers.create()).rejects.toMatchObject({ type: "StripeAPIError" });
    await expect(stripe.customers.list()).resolves.toMatchObject({ data: [] });
    sandbox.faults.api(null);
    await stripe.customers.create();
    expect(sandbox.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
      ["GET", "/v1/customers", 429],
      ["GET", "/v1/customers", 200],
      ["POST", "/v1/customers", 500],
      ["GET", "/v1/customers", 200],
      ["POST", "/v1/customers", 200],
    ]);
  });

  it("loses the answer to what it did", async () => {
    const { sandbox, stripe } = setUp();
    sandbox.faults.api({ closeBeforeAnswer: true, times: 1 });
    await expect(stripe.customers.create()).rejects.toMatchObject({ type: "StripeConnectionError" });
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it("makes a customer's cards fail, and go through again", async () => {
    const { sandbox, stripe } = setUp();
    const { id } = await stripe.customers.create({ source: "tok_visa" });
    const [card] = (await stripe.customers.listPaymentMethods(id)).data;
    const pay = () =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: "usd",
        customer: id,
        payment_method: card?.id ?? "",
        confirm: true,
      });
    sandbox.faults.cards(id, "decline");
    await expect(pay()).rejects.toMatchObject({ code: "card_declined" });
    sandbox.faults.cards(id, null);
    expect((await pay()).status).toBe("succeeded");
  });

  it("takes its faults, its clock and its log over HTTP as well", async () => {
    const { sandbox, stripe } = setUp();
    const control = (path: string, body: unknown) =>
      sandbox.handler(`http://sandbox.localhost/_sandbox${path}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
    await control("/faults/api", { path: "/v1/customers", status: 429, times: 1 });
    await expect(stripe.customers.list()).rejects.toMatchObject({ code: "rate_limit" });
    const before = sandbox.clock.now().getTime();
    await control("/clock/advance", { seconds: 86_400 });
    expect(sandbox.clock.now().getTime() - before).toBeGreaterThanOrEqual(86_400_000);
    expect((await control("/clock/advance", { to: "1999-01-01" })).status).toBe(400);
    const log = await (await sandbox.handler("http://sandbox.localhost/_sandbox/requests")).json();
    expect(log).toMatchObject({ data: [{ path: "/v1/customers", status: 429 }] });
  });

  it("does nothing for another website that is open in a browser on this machine", async () => {
    const { sandbox, stripe } = setUp();
    await stripe.customers.create();
    const reset = (headers: Record<string, string>) =>
      sandbox.handler("http://sandbox.localhost/_sandbox/reset", { method: "POST", headers });
    expect((await reset({ "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await reset({ Origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await stripe.customers.list()).data).toHaveLength(1);
    expect((await reset({})).status).toBe(200);
    expect((await stripe.customers.list()).data).toHaveLength(0);
  });

  it("says which parameters it took no notice of", async () => {
    const { sandbox, stripe } = setUp();
    await stripe.customers.create({ name: "Ada", tax: { ip_address: "192.0.2.1" } });
    expect(sandbox.requests).toMatchObject([{ ignored: ["tax"] }]);
    await stripe.billingPortal.configurations.create({
      features: { payment_method_update: { enabled: true, payment_method_configuration: "pmc_1" } },
    });
    expect(sandbox.requests.at(-1)?.ignored).toEqual([
      "features[payment_method_update][payment_method_configuration]",
    ]);
  });

  it("forgets everything when it is reset, and comes back from what it saved", async () => {
    const { sandbox, stripe } = setUp();
    const { id } = await stripe.customers.create({ name: "Ada" });
    const state = JSON.parse(JSON.stringify(sandbox.save()));
    sandbox.reset();
    expect((await stripe.customers.list()).data).toEqual([]);
    sandbox.restore(state);
    expect(await stripe.customers.retrieve(id)).toMatchObject({ name: "Ada" });
  });
});
