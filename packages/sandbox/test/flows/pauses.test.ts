import { describe, expect, it } from "vitest";
import { at, HOUR, openStage } from "./open-stage.js";

describe("a pause and a resume", () => {
  it("gives back what is left, bills nothing meanwhile, and begins a new period", async () => {
    const { stripe, customer, advance, newPrice, types } = await openStage();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(3_000) }] });
    await advance(at("2027-04-16"));
    expect(await stripe.subscriptions.pause(id, { type: "subscription" } as never)).toMatchObject({
      status: "paused",
    });
    const { data } = await stripe.invoiceItems.list({ customer, pending: true });
    expect(data.map(({ amount }) => amount)).toEqual([-1_500]);
    await advance(at("2027-06-10"));
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);

    await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
    const resumed = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(resumed).toMatchObject({
      status: "active",
      billing_cycle_anchor: at("2027-06-10"),
      latest_invoice: { status: "paid", total: 1_500 },
    });
    expect(resumed.items.data[0]?.current_period_end).toBe(at("2027-07-10"));
    expect(await types()).toEqual(
      expect.arrayContaining(["customer.subscription.paused", "customer.subscription.resumed"]),
    );
  });
});

describe("a resumption that waits for its payment", () => {
  const paused = async () => {
    const stage = await openStage();
    const { stripe, customer, advance, newPrice } = stage;
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(3_000) }] });
    await advance(at("2027-04-16"));
    await stripe.subscriptions.pause(id, { type: "subscription" } as never);
    await advance(at("2027-06-10"));
    await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_attempt" });
    const invoice = (await stripe.invoices.list({ subscription: id, limit: 1 })).data[0]?.id ?? "";
    return { ...stage, id, invoice };
  };

  it("is given up after 23 hours without a try: the invoice is void, the subscription stays paused", async () => {
    const { stripe, advance, id, invoice } = await paused();
    await advance(at("2027-06-10") + 23 * HOUR - 1);
    expect((await stripe.invoices.retrieve(invoice)).status).toBe("open");
    await advance(at("2027-06-10") + 23 * HOUR);
    expect((await stripe.invoices.retrieve(invoice)).status).toBe("void");
    await advance(at("2027-08-01"));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("paused");
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
  });

  it("runs again once the invoice is paid: 30.00 less the 15.00 that were given back", async () => {
    const { stripe, id, invoice } = await paused();
    expect(await stripe.invoices.pay(invoice)).toMatchObject({ status: "paid", amount_paid: 1_500 });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it("runs again as past due when a try fails, and nothing tries a second time", async () => {
    const { stripe, advance, setCard, id, invoice } = await paused();
    await setCard("pm_card_chargeCustomerFail");
    await expect(stripe.invoices.pay(invoice)).rejects.toMatchObject({ code: "card_declined" });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    await advance(at("2027-06-20"));
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: "open", attempt_count: 1 });
  });
});

describe("a pause that a schedule plans", () => {
  it("keeps what stands against it as an error", async () => {
    const { stripe, customer, advance, newPrice } = await openStage();
    const items = [{ price: await newPrice(3_000) }];
    const { id } = await stripe.subscriptions.create({ customer, items, trial_period_days: 14 });
    const held = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const timestamp = at("2027-04-10");
    await stripe.subscriptionSchedules.update(held.id, {
      pause_schedules: [{ pause: { pause_at: { type: "timestamp", timestamp } } }],
    });
    await advance(timestamp);
    const { pause_schedules } = await stripe.subscriptionSchedules.retrieve(held.id);
    expect(pause_schedules[0]?.pause.status).toMatchObject({
      type: "error",
      error: { message: "A subscription that is trialing cannot be paused." },
    });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("trialing");
  });

  it("begins at once when told to, takes a resumption later, and is cleared", async () => {
    const { stripe, customer, newPrice } = await openStage();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(3_000) }] });
    const held = await stripe.subscriptionSchedules.create({
      from_subscription: id,
      pause_schedules: [{ key: "now", pause: { pause_at: { type: "now" } } }],
    });
    expect(held.pause_schedules).toMatchObject([{ pause: { status: { type: "succeeded" } }, resume: null }]);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("paused");
    const timestamp = at("2027-04-20");
    const later = await stripe.subscriptionSchedules.update(held.id, {
      pause_schedules: [{ key: "now", resume: { resume_at: { type: "timestamp", timestamp } } }],
    });
    expect(later.pause_schedules).toMatchObject([
      { pause: { status: { type: "succeeded" } }, resume: { resume_at: timestamp } },
    ]);
    const cleared = await stripe.subscriptionSchedules.update(held.id, { pause_schedules: "" });
    expect(cleared.pause_schedules).toEqual([]);
  });

  it("refuses two, and a resumption before its pause", async () => {
    const { stripe, customer, newPrice } = await openStage();
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await newPrice(3_000) }] });
    const { id: schedule } = await stripe.subscriptionSchedules.create({ from_subscription: id });
    const pause = { pause_at: { type: "timestamp", timestamp: at("2027-04-20") } } as const;
    const early = { resume_at: { type: "timestamp", timestamp: at("2027-04-19") } } as const;
    for (const pause_schedules of [[{ pause }, { pause }], [{ pause, resume: early }]]) {
      await expect(stripe.subscriptionSchedules.update(schedule, { pause_schedules })).rejects.toMatchObject({
        statusCode: 400,
      });
    }
  });
});
