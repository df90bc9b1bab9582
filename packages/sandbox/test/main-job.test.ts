import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../src/index.js";

const SECRET = "whsec_test";

async function setUp() {
  const received: Stripe.Event[] = [];
  const sandbox = createSandbox({
    webhooks: [
      {
        url: "http://app.test/webhook",
        secret: SECRET,
        deliver: async (request) => {
          const body = await request.text();
          received.push(
            stripe.webhooks.constructEvent(body, request.headers.get("stripe-signature") ?? "", SECRET),
          );
          return new Response("ok");
        },
      },
    ],
  });
  const stripe = new Stripe("sk_test_1", { httpClient: Stripe.createFetchHttpClient(sandbox.handler) });
  const product = await stripe.products.create({ name: "Pro" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 1_900,
    recurring: { interval: "month" },
    lookup_key: "pro_month",
  });
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  return { sandbox, stripe, received, price, customer };
}

function submit(url: string, fields: Record<string, string>): Request {
  return new Request(url, { method: "POST", body: new URLSearchParams(fields) });
}

const GOOD = { cardNumber: "4242 4242 4242 4242", cardExpiry: "12 / 34", cardCvc: "123", billingName: "Ada" };

describe("createSandbox", () => {
  it("sells a subscription through the hosted page, and tells of it by signed webhooks", async () => {
    const { sandbox, stripe, received, price, customer } = await setUp();
    const [found] = (await stripe.prices.list({ lookup_keys: ["pro_month"] })).data;
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer: customer.id,
      line_items: [{ price: found?.id ?? "", quantity: 1 }],
      success_url: "https://app.test/done?session={CHECKOUT_SESSION_ID}",
      subscription_data: { metadata: { plan: "pro" } },
    });
    expect(session.status).toBe("open");
    expect(session.amount_total).toBe(1_900);

    const declined = await sandbox.handler(
      submit(session.url ?? "", { ...GOOD, cardNumber: "4000000000000002" }),
    );
    expect(await declined.text()).toContain("Your card was declined.");
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);

    const paid = await sandbox.handler(submit(session.url ?? "", GOOD));
    expect(paid.status).toBe(303);
    expect(paid.headers.get("location")).toBe(`https://app.test/done?session=${session.id}`);

    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["subscription.latest_invoice.payments"],
    });
    expect(done).toMatchObject({ status: "complete", payment_status: "paid" });
    const subscription = done.subscription as Stripe.Subscription;
    expect(subscription).toMatchObject({
      status: "active",
      metadata: { plan: "pro" },
      customer: customer.id,
    });
    expect(subscription.items.data[0]?.price.id).toBe(price.id);
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({
      status: "paid",
      amount_paid: 1_900,
      billing_reason: "subscription_create",
    });
    expect(invoice.payments?.data).toHaveLength(1);

    await sandbox.settled();
    const types = received.map(({ type }) => type);
    expect(types).toEqual([
      "product.created",
      "price.created",
      "customer.created",
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
      "payment_method.attached",
      "charge.succeeded",
      "payment_intent.succeeded",
      "customer.subscription.created",
      "invoice.created",
      "customer.updated",
      "invoice.finalized",
      "invoice.updated",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "checkout.session.completed",
    ]);
    const created = received.find(({ type }) => type === "customer.subscription.created");
    expect(created?.data.object).toMatchObject({ status: "active" });
  });

  it("sells a one-time product", async () => {
    const { sandbox, stripe } = await setUp();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [
        { price_data: { currency: "usd", unit_amount: 999, product_data: { name: "Credits" } }, quantity: 2 },
      ],
      success_url: "https://app.test/done",
      payment_intent_data: { metadata: { pack: "1" } },
    });
    await sandbox.handler(submit(session.url ?? "", { ...GOOD, email: "ada@example.com" }));
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge", "line_items"],
    });
    expect(done).toMatchObject({ status: "complete", payment_status: "paid", amount_total: 1_998 });
    expect(done.line_items?.data[0]).toMatchObject({ quantity: 2, amount_total: 1_998 });
    expect(done.payment_intent).toMatchObject({
      status: "succeeded",
      amount: 1_998,
      metadata: { pack: "1" },
    });
  });

  it("renews month after month when its clock is advanced", async () => {
    const { sandbox, stripe, price, customer } = await setUp();
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    expect(subscription.status).toBe("active");
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await sandbox.clock.advance(new Date((end + 7_200) * 1_000));
    const invoices = await stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map(({ status, billing_reason, total }) => [status, billing_reason, total])).toEqual(
      [
        ["paid", "subscription_cycle", 1_900],
        ["paid", "subscription_create", 1_900],
      ],
    );
    const renewed = await stripe.subscriptions.retrieve(subscription.id);
    expect(renewed.items.data[0]?.current_period_start).toBe(end);
  });

  it("advances a test clock until it is ready", async () => {
    const { stripe, price } = await setUp();
    const start = Date.UTC(2026, 0, 31) / 1_000;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
    const customer = await stripe.customers.create({ test_clock: clock.id, source: "tok_visa" });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    const advancing = await stripe.testHelpers.testClocks.advance(clock.id, {
      frozen_time: Date.UTC(2026, 3, 1) / 1_000,
    });
    expect(advancing.status).toBe("advancing");
    expect((await stripe.testHelpers.testClocks.retrieve(clock.id)).status).toBe("ready");
    const invoices = await stripe.invoices.list({ customer: customer.id });
    const days = invoices.data.map(({ created }) => new Date(created * 1_000).toISOString().slice(0, 10));
    expect(days).toEqual(["2026-03-31", "2026-02-28", "2026-01-31"]);
    expect(invoices.data.every(({ status }) => status === "paid")).toBe(true);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("answers what it does not cover, and live keys, with an error", async () => {
    const { sandbox, stripe } = await setUp();
    await expect(stripe.transfers.list()).rejects.toMatchObject({
      statusCode: 404,
      type: "StripeInvalidRequestError",
    });
    const live = new Stripe("sk_live_1", { httpClient: Stripe.createFetchHttpClient(sandbox.handler) });
    await expect(live.customers.list()).rejects.toMatchObject({ type: "StripeAuthenticationError" });
    await expect(stripe.customers.retrieve("cus_none")).rejects.toMatchObject({ code: "resource_missing" });
    await expect(stripe.customers.create({ nonsense: 1 } as never)).rejects.toMatchObject({
      code: "parameter_unknown",
      param: "nonsense",
    });
  });
});
