import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, type Shop } from "./shop.js";

let shop: Shop;

describe("buying a plan, without any webhook", () => {
  beforeAll(async () => {
    shop = await openShop({ webhooks: false });
  });
  afterAll(() => shop.close());

  it("opens a page at Stripe for JSON, and sends a form there with 303", async () => {
    const json = await shop.send("/checkout", { json: { productId: "pro", successUrl: "/billing" } });
    expect(json.text).toContain("http");
    expect(json).toMatchObject({ status: 200, body: { url: expect.stringContaining("/c/pay/cs_") } });
    const form = await shop.send("/checkout", {
      form: { productId: "pro", successUrl: "/billing", quantity: "" },
    });
    expect(form).toMatchObject({ status: 303, location: json.body.url });
  });

  it("shows a declined card and lets the person try again", async () => {
    const { body } = await shop.send("/checkout", { json: { productId: "pro", successUrl: "/billing" } });
    const declined = await shop.pay(body.url, "4000000000000002");
    expect(declined.text).toContain("declined");
    expect((await shop.send("/customer")).body.subscriptions).toMatchObject([{ planId: "free" }]);
  });

  it("unlocks on the way back, before any event: 2,000 messages and pro models", async () => {
    const { body } = await shop.send("/checkout", {
      json: { productId: "pro", successUrl: "/billing?welcome=1" },
    });
    const paid = await shop.pay(body.url);
    expect(paid.status).toBe(303);
    const back = new URL(paid.location ?? "");
    expect(`${back.origin}${back.pathname}`).toBe("https://app.example.com/api/paykit/checkout/return");
    const returned = await shop.send(`/checkout/return${back.search}`, { user: null });
    expect(returned).toMatchObject({ status: 303, location: "https://app.example.com/billing?welcome=1" });
    const { body: customer } = await shop.send("/customer");
    expect(customer.subscriptions).toMatchObject([{ planId: "pro", status: "active", willRenew: true }]);
    expect(customer.entitlements.messages).toMatchObject({ allowed: true, balance: 2000, limit: 2000 });
    expect(customer.entitlements.pro_models).toMatchObject({ allowed: true });
    expect(JSON.stringify(customer)).not.toMatch(/(cus|sub|si|price|cs)_[A-Za-z0-9]{6}/);
  });

  it("does not sell the plan twice", async () => {
    const again = await shop.send("/checkout", { json: { productId: "pro" } });
    expect(again).toMatchObject({ status: 409, body: { error: { code: "PRODUCT_OWNED" } } });
  });

  it("answers an unknown session with 404", async () => {
    const unknown = await shop.send("/checkout/return?session_id=cs_test_none");
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: "SESSION_UNKNOWN" } } });
  });

  it("opens the portal, also for a form", async () => {
    const { body } = await shop.send("/portal", { json: { returnUrl: "/billing" } });
    expect(body.url).toContain("http");
    expect(await shop.send("/portal", { form: { returnUrl: "/billing" } })).toMatchObject({ status: 303 });
  });

  it("made one customer at Stripe, and gave every create an idempotency key", () => {
    expect(shop.calls(/^POST \/v1\/customers$/)).toHaveLength(1);
    // A create ends in the name of a collection, everything else in an id or a verb after one.
    const creates = shop.calls(/^POST \/v1\/([a-z_]+\/)?[a-z_]+$/);
    expect(creates.length).toBeGreaterThan(5);
    for (const { path, idempotencyKey } of creates)
      expect([path, idempotencyKey]).toEqual([path, expect.stringMatching(/^paykit-/)]);
  });
});

describe("buying a plan, with webhooks alone", () => {
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it("unlocks when the events have arrived, though the person never comes back", async () => {
    const { body } = await shop.send("/checkout", { json: { productId: "pro" } });
    await shop.pay(body.url);
    await shop.sandbox.settled();
    const { body: customer } = await shop.send("/customer");
    expect(customer.entitlements.messages).toMatchObject({ balance: 2000 });
    const events = await shop.database.sql<{ type: string }>("select type from paykit_event");
    expect(events.map(({ type }) => type)).toContain("checkout.session.completed");
  });

  it("grants a credit pack once, whichever of return, webhook and repeat comes first", async () => {
    const { body } = await shop.send("/checkout", { json: { productId: "credit_pack", quantity: 2 } });
    const paid = await shop.pay(body.url);
    const back = `/checkout/return${new URL(paid.location ?? "").search}`;
    await Promise.all([shop.send(back), shop.sandbox.settled(), shop.send(back)]);
    await shop.send(back);
    const { body: customer } = await shop.send("/customer");
    expect(customer.entitlements.credits).toMatchObject({ balance: 1000, limit: 1000 });
    expect(customer.products).toEqual([{ productId: "credit_pack", quantity: 2 }]);
  });
});
