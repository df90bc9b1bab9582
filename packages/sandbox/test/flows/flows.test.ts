import { describe, expect, it } from "vitest";
import { at, DAY, HOUR, openStage } from "./open-stage.js";

describe("mixed intervals", () => {
  it("bills a month and a year each on its own beat, together where they meet", async () => {
    const { stripe, customer, advance, newPrice, totals } = await openStage();
    const [monthly, yearly] = [await newPrice(1_000), await newPrice(10_000, "year")];
    const { items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: monthly }, { price: yearly }],
    });
    expect(items.data.map(({ current_period_end }) => current_period_end)).toEqual([
      at("2027-05-01"),
      at("2028-04-01"),
    ]);
    await advance(at("2027-05-01") + 2 * HOUR);
    await advance(at("2028-04-01") + 2 * HOUR);
    expect(await totals()).toEqual([11_000, ...Array(11).fill(1_000), 11_000]);
  });

  it("refuses a week beside a month", async () => {
    const { stripe, customer, newPrice, product } = await openStage();
    const week = await stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: 100,
      recurring: { interval: "week" },
    });
    const items = [{ price: await newPrice(1_000) }, { price: week.id }];
    await expect(stripe.subscriptions.create({ customer, items })).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe("a new anchor", () => {
  it("begins the period now: 20.00 less half of April", async () => {
    const { stripe, customer, advance, newPrice } = await openStage();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(2_000) }] });
    await advance(at("2027-04-16"));
    const moved = await stripe.subscriptions.update(id, {
      billing_cycle_anchor: { type: "now" },
      proration_behavior: "always_invoice",
      expand: ["latest_invoice"],
    });
    expect(moved.billing_cycle_anchor).toBe(at("2027-04-16"));
    expect(moved.items.data[0]?.current_period_end).toBe(at("2027-05-16"));
    expect(moved.latest_invoice).toMatchObject({ total: 1_000, status: "paid" });
  });
});

describe("3D Secure", () => {
  it("stands before the subscription of a checkout, and nothing is there until it is passed", async () => {
    const { stripe, submit, newPrice, sandbox } = await openStage();
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: await newPrice(2_000), quantity: 1 }],
      success_url: "https://app.test/done",
    });
    const card = {
      cardNumber: "4000002760003184",
      cardExpiry: "12 / 34",
      cardCvc: "123",
      email: "ada@example.com",
      billingName: "Ada",
    };
    const challenge = await submit(session.url ?? "", card);
    expect(challenge.status).toBe(303);
    const step = new URL(challenge.headers.get("location") ?? "", sandbox.url);
    expect(step.pathname).toMatch(/^\/c\/challenge\/pi_/);
    expect((await stripe.subscriptions.list()).data).toEqual([]);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    expect(payment_intent).toBeNull();
  });

  it("asks for the customer at a renewal, and goes on once another card has paid", async () => {
    const { stripe, customer, advance, setCard, newPrice, types } = await openStage();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(2_000) }] });
    await setCard("pm_card_authenticationRequired");
    await advance(at("2027-05-01") + 2 * HOUR);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "past_due" });
    expect(await types()).toContain("invoice.payment_action_required");
    await setCard("pm_card_visa");
    const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
    await stripe.invoices.pay(invoice?.id ?? "");
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active" });
  });
});

describe("a checkout in setup mode", () => {
  it("keeps the card for the customer", async () => {
    const { stripe, customer, submit } = await openStage({ card: null });
    const session = await stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      customer,
      success_url: "https://app.test/done",
    });
    const answer = await submit(session.url ?? "", {
      cardNumber: "4242424242424242",
      cardExpiry: "12 / 34",
      cardCvc: "123",
      billingName: "Ada",
    });
    expect(answer.headers.get("location")).toBe("https://app.test/done");
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["setup_intent"] });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "no_payment_required",
      setup_intent: { status: "succeeded" },
    });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });
});

describe("a checkout with a trial", () => {
  it("asks for no card where that is set, and is canceled when none came", async () => {
    const { stripe, customer, submit, advance, newPrice } = await openStage({ card: null });
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer,
      line_items: [{ price: await newPrice(2_000), quantity: 1 }],
      payment_method_collection: "if_required",
      subscription_data: {
        trial_period_days: 14,
        trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
      },
      success_url: "https://app.test/done",
    });
    expect(session.amount_total).toBe(0);
    await submit(session.url ?? "", {});
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
    expect(done).toMatchObject({
      payment_status: "no_payment_required",
      subscription: { status: "trialing", trial_end: at("2027-04-15") },
    });
    await advance(at("2027-04-15") + DAY);
    const [ended] = (await stripe.subscriptions.list({ customer, status: "all" })).data;
    expect(ended?.status).toBe("canceled");
  });
});

describe("a schedule", () => {
  it("goes from a trial to a price, adds a one-off and merges metadata", async () => {
    const { stripe, customer, advance, newPrice, product } = await openStage();
    const price = await newPrice(2_000);
    const fee = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 500 });
    const schedule = await stripe.subscriptionSchedules.create({
      customer,
      start_date: "now",
      end_behavior: "release",
      phases: [
        {
          items: [{ price, quantity: 1 }],
          trial: true,
          end_date: at("2027-04-11"),
          metadata: { phase: "trial", kept: "yes" },
        },
        {
          items: [{ price, quantity: 2 }],
          duration: { interval: "month", interval_count: 1 },
          add_invoice_items: [{ price: fee.id }],
          metadata: { phase: "paid" },
        },
      ],
    });
    const id = typeof schedule.subscription === "string" ? schedule.subscription : "";
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: "trialing",
      metadata: { phase: "trial" },
    });
    await advance(at("2027-04-11") + 2 * HOUR);
    const running = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(running).toMatchObject({
      status: "active",
      metadata: { phase: "paid", kept: "yes" },
      latest_invoice: { total: 4_500, status: "paid" },
    });
    await advance(at("2027-05-12"));
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
      status: "released",
      released_subscription: id,
    });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active", schedule: null });
  });
});

describe("a change of interval", () => {
  it("is invoiced at once: a year of 200.00 from its anchor less half of April", async () => {
    const { stripe, customer, advance, newPrice } = await openStage();
    const created = await stripe.subscriptions.create({
      customer,
      items: [{ price: await newPrice(3_000) }],
    });
    const item = created.items.data[0]?.id ?? "";
    await advance(at("2027-04-16"));
    const changed = await stripe.subscriptions.update(created.id, {
      items: [{ id: item, price: await newPrice(36_600, "year") }],
      expand: ["latest_invoice"],
    });
    // The year from 1 April 2027 has 366 days, 351 of them left: 351.00; half of 30.00 goes back.
    expect(changed.latest_invoice).toMatchObject({
      total: 35_100 - 1_500,
      billing_reason: "subscription_update",
    });
    expect(changed.billing_cycle_anchor).toBe(at("2027-04-01"));
    expect(changed.items.data[0]?.current_period_end).toBe(at("2028-04-01"));
  });
});
