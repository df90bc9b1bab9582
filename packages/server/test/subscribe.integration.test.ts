import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { createTestPayKit } from "./paykit.js";
import { openShop, type Shop, stripeOf } from "./shop.js";

const successUrl = "https://app.example.com/billing";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts });
});
afterAll(() => shop.close());

async function withCard(id: string, card = "pm_card_visa"): Promise<string> {
  await shop.paykit.upsertCustomer({ id, email: `${id}@example.com` });
  await shop.paykit.customerPortal({ customerId: id, returnUrl: successUrl });
  const stripeId = await shop.stripeId(id);
  await setCard(stripeId, card);
  return stripeId;
}

async function setCard(customer: string, card: string) {
  const method = await shop.stripe.paymentMethods.attach(card, { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
}

async function plan(id: string) {
  await shop.sandbox.settled();
  return (await shop.paykit.getCustomer({ id }))?.subscriptions[0];
}

async function liveAtStripe(customer: string) {
  const { data } = await shop.stripe.subscriptions.list({ customer });
  return data.map(({ status }) => status).filter((status) => status !== "incomplete_expired");
}

describe("subscribe", () => {
  it("pays with the card on file, at once: an invoice of 50.00", async () => {
    await withCard("ann");
    const result = await shop.paykit.subscribe({ customerId: "ann", planId: "premium" });
    expect(result).toMatchObject({
      paymentUrl: null,
      requiredAction: null,
      invoice: { total: 5000, status: "paid" },
    });
    expect(await plan("ann")).toMatchObject({ planId: "premium", status: "active" });
  });

  it("does nothing for the plan that is there", async () => {
    const before = shop.calls(/^POST \/v1\/subscriptions/).length;
    const result = await shop.paykit.subscribe({ customerId: "ann", planId: "premium" });
    expect(result).toEqual({ paymentUrl: null, invoice: null, requiredAction: null });
    expect(shop.calls(/^POST \/v1\/subscriptions/)).toHaveLength(before);
  });

  it("rejects a declined card with CARD_DECLINED and leaves nothing behind; another card then works at once", async () => {
    const stripeId = await withCard("bob", "pm_card_chargeCustomerFail");
    const declined = shop.paykit.subscribe({ customerId: "bob", planId: "premium" });
    await expect(declined).rejects.toMatchObject({ code: "CARD_DECLINED", status: 402 });
    expect(await plan("bob")).toMatchObject({ planId: "free" });
    expect(await liveAtStripe(stripeId)).toEqual([]);
    await setCard(stripeId, "pm_card_visa");
    const { invoice } = await shop.paykit.subscribe({ customerId: "bob", planId: "premium" });
    expect(invoice).toMatchObject({ total: 5000, status: "paid" });
  });

  it("asks for what the bank wants, gives nothing until then, and all of it after", async () => {
    await withCard("carl", "pm_card_authenticationRequired");
    const { requiredAction, invoice } = await shop.paykit.subscribe({
      customerId: "carl",
      planId: "premium",
    });
    expect(requiredAction).toMatchObject({ type: "confirm_payment", url: expect.stringContaining("http") });
    expect(invoice).toMatchObject({ total: 5000, status: "open" });
    expect(await plan("carl")).toMatchObject({ planId: "premium", status: "incomplete", isEntitled: false });
  });

  it("keeps the old plan when the card is declined at an upgrade", async () => {
    const stripeId = await withCard("dora");
    await shop.paykit.subscribe({ customerId: "dora", planId: "premium" });
    await shop.sandbox.settled();
    shop.sandbox.faults.cards(stripeId, "decline");
    const declined = shop.paykit.subscribe({ customerId: "dora", planId: "ultra" });
    await expect(declined).rejects.toMatchObject({ code: "CARD_DECLINED" });
    shop.sandbox.faults.cards(stripeId, null);
    expect(await plan("dora")).toMatchObject({ planId: "premium", status: "active", willRenew: true });
    const { invoices } = await shop.paykit.listInvoices({ customerId: "dora" });
    expect(invoices.map(({ status }) => status)).toEqual(["void", "paid"]);
    const { invoice } = await shop.paykit.subscribe({ customerId: "dora", planId: "ultra" });
    expect(invoice).toMatchObject({ status: "paid" });
    expect(await plan("dora")).toMatchObject({ planId: "ultra" });
  });

  it("keeps the scheduled downgrade when the card is declined at an upgrade", async () => {
    const stripeId = await withCard("ivan");
    await shop.paykit.subscribe({ customerId: "ivan", planId: "premium" });
    await shop.paykit.subscribe({ customerId: "ivan", planId: "pro" });
    shop.sandbox.faults.cards(stripeId, "decline");
    const declined = shop.paykit.subscribe({ customerId: "ivan", planId: "ultra" });
    await expect(declined).rejects.toMatchObject({ code: "CARD_DECLINED" });
    shop.sandbox.faults.cards(stripeId, null);
    expect(await plan("ivan")).toMatchObject({ planId: "premium", scheduledPlanId: "pro" });
  });

  it("starts the trial of 14 days without a charge, once per customer", async () => {
    const stripeId = await withCard("emil");
    const preview = await shop.paykit.previewSubscribe({ customerId: "emil", planId: "pro" });
    expect(preview).toMatchObject({ kind: "start", total: 0, next: { total: 2000 } });
    await shop.paykit.subscribe({ customerId: "emil", planId: "pro" });
    const trialing = await plan("emil");
    expect(trialing).toMatchObject({ planId: "pro", status: "trialing", isEntitled: true });
    expect((trialing?.trialEnd?.getTime() ?? 0) - Date.now()).toBeGreaterThan(13 * 86_400_000);
    const [subscription] = (await shop.stripe.subscriptions.list({ customer: stripeId })).data;
    await shop.stripe.subscriptions.cancel(subscription?.id ?? "");
    await shop.sandbox.settled();
    await shop.database.sql("delete from paykit_subscription where customer_id = 'emil'");
    const { invoice } = await shop.paykit.subscribe({ customerId: "emil", planId: "pro" });
    expect(invoice).toMatchObject({ total: 2000, status: "paid" });
    expect(await plan("emil")).toMatchObject({ status: "active", trialEnd: null });
  });

  it("goes from month to year at once, for the difference that the preview told", async () => {
    await withCard("fred");
    await shop.paykit.subscribe({ customerId: "fred", planId: "premium" });
    const preview = await shop.paykit.previewSubscribe({
      customerId: "fred",
      planId: "premium",
      interval: "year",
    });
    expect(preview).toMatchObject({ kind: "upgrade", next: { total: 50_000 } });
    const { invoice } = await shop.paykit.subscribe({
      customerId: "fred",
      planId: "premium",
      interval: "year",
    });
    // 500.00 for the year less what is left of the 50.00 for the month.
    expect(invoice).toMatchObject({ status: "paid", total: 45_000 });
    expect(preview.total).toBe(45_000);
    expect(await plan("fred")).toMatchObject({ planId: "premium", interval: [1, "year"] });
  });

  it("has an add-on beside the plan in one subscription, and lets it go", async () => {
    const stripeId = await withCard("gina");
    const start = { customerId: "gina", planId: "premium", addOnPlanIds: ["single_sign_on"] } as const;
    const { invoice } = await shop.paykit.subscribe(start);
    expect(invoice).toMatchObject({ total: 5500, status: "paid" });
    expect((await shop.stripe.subscriptions.list({ customer: stripeId })).data).toHaveLength(1);
    await shop.sandbox.settled();
    const customer = await shop.paykit.getCustomer({ id: "gina" });
    expect(customer?.entitlements.sso).toMatchObject({ allowed: true });
    expect(customer?.subscriptions.map(({ planId }) => planId).sort()).toEqual(["premium", "single_sign_on"]);
  });

  it("adds an add-on later, for the rest of the period", async () => {
    await withCard("hugo");
    await shop.paykit.subscribe({ customerId: "hugo", planId: "premium" });
    const { invoice } = await shop.paykit.addAddOn({ customerId: "hugo", planId: "single_sign_on" });
    expect(invoice).toMatchObject({ total: 500, status: "paid" });
    await shop.sandbox.settled();
    expect((await shop.paykit.check({ customerId: "hugo", featureId: "sso" })).allowed).toBe(true);
    const again = await shop.paykit.addAddOn({ customerId: "hugo", planId: "single_sign_on" });
    expect(again.invoice).toBeNull();
  });

  it("credits what is left of the old plan when the new one is paid on Stripe's page", async () => {
    const stripeId = await withCard("page");
    await shop.paykit.subscribe({ customerId: "page", planId: "premium" });
    const upgrade = { customerId: "page", planId: "ultra", forceCheckout: true, successUrl } as const;
    const { paymentUrl } = await shop.paykit.subscribe(upgrade);
    await shop.pay(paymentUrl ?? "");
    expect(await plan("page")).toMatchObject({ planId: "ultra", status: "active" });
    expect(await liveAtStripe(stripeId)).toEqual(["active"]);
    // All of the 50.00, as it was paid a moment ago, waits for the next invoice.
    expect(await shop.stripe.customers.retrieve(stripeId)).toMatchObject({ balance: -5000 });
  });

  it("sells a better plan on Stripe's page to somebody who has one, and no lesser one", async () => {
    const stripeId = await withCard("button");
    await shop.paykit.subscribe({
      customerId: "button",
      planId: "premium",
      addOnPlanIds: ["single_sign_on"],
    });
    const sell = (productId: "pro" | "ultra") =>
      shop.paykit.createCheckoutUrl({ customerId: "button", productId, successUrl });
    await expect(sell("pro")).rejects.toMatchObject({ code: "PRODUCT_OWNED" });
    await shop.pay(await sell("ultra"));
    expect(await plan("button")).toMatchObject({ planId: "ultra", status: "active" });
    expect(await liveAtStripe(stripeId)).toEqual(["active"]);
    expect((await shop.paykit.check({ customerId: "button", featureId: "sso" })).allowed).toBe(true);
  });

  it("says what the next invoice is paid with, also when a checkout page took the card", async () => {
    const method = { type: "card", brand: "visa", last4: "4242", expiryMonth: 12, expiryYear: 2034 };
    await shop.paykit.upsertCustomer({ id: "card" });
    expect(await shop.paykit.getPaymentMethod({ customerId: "card" })).toBeNull();
    const checkout = { customerId: "card", productId: "premium", successUrl } as const;
    await shop.pay(await shop.paykit.createCheckoutUrl(checkout));
    expect(await shop.paykit.getPaymentMethod({ customerId: "card" })).toEqual(method);
  });

  it("asks authorize before it does anything", async () => {
    const asked: unknown[] = [];
    const strict = await openShop({
      products: ladderProducts,
      paykit: { authorize: (request) => void asked.push(request) as unknown as boolean },
    });
    await strict.paykit.upsertCustomer({ id: "ann", email: "ann@example.com" });
    const denied = { code: "AUTHORIZATION_DENIED", status: 403 };
    await expect(strict.paykit.subscribe({ customerId: "ann", planId: "premium" })).rejects.toMatchObject(
      denied,
    );
    const portal = strict.paykit.customerPortal({ customerId: "ann", returnUrl: successUrl });
    await expect(portal).rejects.toMatchObject(denied);
    const checkout = { customerId: "ann", productId: "pack", successUrl } as const;
    await expect(strict.paykit.createCheckoutUrl(checkout)).rejects.toMatchObject(denied);
    expect(asked).toMatchObject([
      { action: "subscribe", product: { id: "premium" }, customer: { id: "ann", email: "ann@example.com" } },
      { action: "portal", product: null },
      { action: "checkout", product: { id: "pack" } },
    ]);
    const nobody = { request: null, identity: null };
    expect(asked).toMatchObject([nobody, nobody, nobody]);
    expect(strict.sandbox.requests).toEqual([]);
    await strict.close();
  });

  it("tells authorize which request it is about and whom identify saw: an admin of a team may, a member may not", async () => {
    const guarded = await openShop({
      products: ladderProducts,
      paykit: {
        identify: (request) => ({ customerId: "team", name: `of ${request.headers.get("x-user")}` }),
        authorize: ({ customer, request, identity }) =>
          customer.id === "team" &&
          identity?.name === "of ann" &&
          request?.headers.get("x-user") === "ann" &&
          new URL(request.url).pathname === "/api/paykit/portal",
      },
    });
    const portal = (user: string) => guarded.send("/portal", { user, json: { returnUrl: "/billing" } });
    expect(await portal("ann")).toMatchObject({ status: 200 });
    expect(await portal("bob")).toMatchObject({
      status: 403,
      body: { error: { code: "AUTHORIZATION_DENIED" } },
    });
    // The app's own code is asked about as well, and here nobody vouched for it.
    const own = guarded.paykit.customerPortal({ customerId: "team", returnUrl: successUrl });
    await expect(own).rejects.toMatchObject({ code: "AUTHORIZATION_DENIED" });
    await guarded.close();
  });

  it("tells Stripe a new email at the next call", async () => {
    await shop.paykit.upsertCustomer({ id: "ann", email: "ann@new.example" });
    await shop.paykit.customerPortal({ customerId: "ann", returnUrl: successUrl });
    const customer = await shop.stripe.customers.retrieve(await shop.stripeId("ann"));
    expect(customer).toMatchObject({ email: "ann@new.example", metadata: { paykit_customer_id: "ann" } });
  });
});

describe("deleteCustomer", () => {
  it("cancels at Stripe first, then forgets all but the trial", async () => {
    const stripeId = await withCard("zoe");
    await shop.paykit.subscribe({ customerId: "zoe", planId: "pro" });
    shop.sandbox.faults.api({ status: 500, match: ({ method }) => method === "DELETE" });
    await expect(shop.paykit.deleteCustomer({ id: "zoe" })).rejects.toMatchObject({
      code: "STRIPE_UNAVAILABLE",
    });
    expect(await shop.paykit.getCustomer({ id: "zoe" })).not.toBeNull();
    shop.sandbox.faults.api(null);
    await shop.paykit.deleteCustomer({ id: "zoe" });
    expect(await liveAtStripe(stripeId)).toEqual([]);
    expect(await shop.paykit.getCustomer({ id: "zoe" })).toBeNull();
    await shop.sandbox.settled();
    await withCard("zoe");
    const { invoice } = await shop.paykit.subscribe({ customerId: "zoe", planId: "pro" });
    expect(invoice).toMatchObject({ total: 2000 });
  });
});

describe("commands while Stripe is in trouble", () => {
  it("give up on a Stripe that is slow, with a code", async () => {
    const { stripe } = stripeOf(shop.sandbox);
    const options = { products: ladderProducts, stripe: { ...stripe, timeoutMs: 50 } };
    const { paykit } = createTestPayKit<typeof ladderProducts>(shop.database.option, options);
    await withCard("slow");
    shop.sandbox.faults.api({ delayMs: 2_000 });
    const slow = paykit.subscribe({ customerId: "slow", planId: "premium" });
    await expect(slow).rejects.toMatchObject({ code: "STRIPE_UNAVAILABLE", status: 503 });
    expect((await paykit.check({ customerId: "slow", featureId: "messages" })).allowed).toBe(true);
    shop.sandbox.faults.api(null);
  });

  it.each([
    ["answers 500", { status: 500 }, "STRIPE_UNAVAILABLE"],
    ["answers 429", { status: 429 }, "STRIPE_RATE_LIMITED"],
    ["loses its answers", { closeBeforeAnswer: true }, "STRIPE_UNAVAILABLE"],
  ])(
    "fail with a code when it %s, leave reads alone, and are right when repeated",
    async (_, fault, code) => {
      const id = `trouble-${code}-${"status" in fault ? fault.status : 0}`;
      const stripeId = await withCard(id);
      shop.sandbox.faults.api({ ...fault, match: ({ method }) => method === "POST" });
      const failed = shop.paykit.subscribe({ customerId: id, planId: "premium" });
      await expect(failed).rejects.toMatchObject({ code, status: 503 });
      expect((await shop.paykit.check({ customerId: id, featureId: "messages" })).allowed).toBe(true);
      expect((await shop.paykit.report({ customerId: id, featureId: "messages" })).success).toBe(true);
      shop.sandbox.faults.api(null);
      await shop.paykit.subscribe({ customerId: id, planId: "premium" });
      expect(await plan(id)).toMatchObject({ planId: "premium", status: "active" });
      expect(await liveAtStripe(stripeId)).toEqual(["active"]);
      expect((await shop.stripe.invoices.list({ customer: stripeId })).data).toHaveLength(1);
    },
  );
});
