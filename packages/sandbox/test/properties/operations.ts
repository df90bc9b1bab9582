import fc from "fast-check";
import type Stripe from "stripe";
import { attempt } from "./in-process.js";

/** What an app, a customer or the passing of time may do. */
export type Operation =
  | { type: "subscribe"; price: number; quantity: number; trialDays: number; coupon: number | null }
  | {
      type: "change";
      price: number;
      quantity: number;
      behavior: Stripe.SubscriptionUpdateParams.ProrationBehavior;
      payment: Stripe.SubscriptionUpdateParams.PaymentBehavior;
    }
  | { type: "cancel_at_period_end"; value: boolean }
  | { type: "cancel_at"; days: number }
  | { type: "cancel"; prorate: boolean; invoice_now: boolean }
  | { type: "hold"; behavior: "void" | "keep_as_draft" | "mark_uncollectible" | null }
  | { type: "card"; fails: boolean }
  | { type: "credit"; amount: number }
  | { type: "invoice_item"; amount: number }
  | { type: "invoice" }
  | { type: "pay" }
  | { type: "advance"; hours: number };

const behaviors = fc.constantFrom("create_prorations", "always_invoice", "none");
const index = fc.nat(2);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("subscribe" as const),
      price: index,
      quantity: fc.integer({ min: 1, max: 3 }),
      trialDays: fc.constantFrom(0, 0, 7),
      coupon: fc.option(fc.nat(1)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("change" as const),
      price: index,
      quantity: fc.integer({ min: 1, max: 5 }),
      behavior: behaviors,
      payment: fc.constantFrom("allow_incomplete", "error_if_incomplete", "pending_if_incomplete"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("cancel_at" as const), days: fc.integer({ min: 1, max: 70 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("cancel_at_period_end" as const), value: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("cancel" as const),
      prorate: fc.boolean(),
      invoice_now: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("hold" as const),
      behavior: fc.constantFrom("void", "keep_as_draft", "mark_uncollectible", null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("card" as const), fails: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("credit" as const),
      amount: fc.integer({ min: -5_000, max: 3_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("invoice_item" as const),
      amount: fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -3_000, max: 3_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("invoice" as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("pay" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("advance" as const),
      hours: fc.integer({ min: 1, max: 45 * 24 }),
    }),
  },
);

/** A life of a customer: always begun with a subscription, always ended with time enough for what is still due. */
export const lives: fc.Arbitrary<Operation[]> = fc
  .array(operation, { minLength: 3, maxLength: 14 })
  .map((middle) => [
    { type: "subscribe", price: 1, quantity: 1, trialDays: 0, coupon: null },
    ...middle,
    { type: "advance", hours: 24 },
  ]);

/** The customer whose life it is, and what is for sale. */
export type Stage = {
  stripe: Stripe;
  customer: string;
  clock: string;
  now: number;
  prices: string[];
  coupons: string[];
};

const DAY = 86_400;
const START = Date.UTC(2027, 0, 31) / 1_000;

export async function openStage(stripe: Stripe): Promise<Stage> {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  const prices = await Promise.all(
    [1_000, 1_999, 5_000].map((unit_amount) =>
      stripe.prices.create({
        currency: "usd",
        unit_amount,
        recurring: { interval: "month" },
        product_data: { name: `Plan ${unit_amount}` },
      }),
    ),
  );
  const coupons = [
    await stripe.coupons.create({ percent_off: 33, duration: "repeating", duration_in_months: 2 }),
    await stripe.coupons.create({ amount_off: 333, currency: "usd", duration: "once" }),
  ];
  const stage = { stripe, customer: customer.id, clock: clock.id, now: START };
  const ready = { ...stage, prices: prices.map(({ id }) => id), coupons: coupons.map(({ id }) => id) };
  await perform(ready, { type: "card", fails: false });
  return ready;
}

/** Goes through a life. A request may be refused, and has done nothing then; time always passes. */
export async function liveThrough(stage: Stage, life: readonly Operation[]): Promise<void> {
  for (const operation of life) {
    const work = () => perform(stage, operation);
    await (operation.type === "advance" ? work() : attempt(work));
  }
}

/** Does one thing. Time that was asked for has passed when it resolves. */
export async function perform(
  stage: Stage,
  operation: Operation,
  options: Stripe.RequestOptions = {},
): Promise<void> {
  const { stripe, customer } = stage;
  const live = async () => (await stripe.subscriptions.list({ customer, limit: 1 })).data[0];
  switch (operation.type) {
    case "subscribe": {
      const coupon = operation.coupon === null ? undefined : stage.coupons[operation.coupon];
      await stripe.subscriptions.create(
        {
          customer,
          items: [{ price: stage.prices[operation.price] ?? "", quantity: operation.quantity }],
          ...(operation.trialDays > 0 ? { trial_period_days: operation.trialDays } : {}),
          ...(coupon === undefined ? {} : { discounts: [{ coupon }] }),
        },
        options,
      );
      return;
    }
    case "change": {
      const subscription = await live();
      const item = subscription?.items.data[0];
      if (subscription === undefined || item === undefined) return;
      const items = [
        { id: item.id, price: stage.prices[operation.price] ?? "", quantity: operation.quantity },
      ];
      await stripe.subscriptions.update(
        subscription.id,
        { items, proration_behavior: operation.behavior, payment_behavior: operation.payment },
        options,
      );
      return;
    }
    case "cancel_at_period_end": {
      const subscription = await live();
      if (subscription === undefined) return;
      await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: operation.value }, options);
      return;
    }
    case "cancel_at": {
      const subscription = await live();
      if (subscription === undefined) return;
      await stripe.subscriptions.update(
        subscription.id,
        { cancel_at: stage.now + operation.days * DAY },
        options,
      );
      return;
    }
    case "cancel": {
      const subscription = await live();
      if (subscription === undefined) return;
      const { prorate, invoice_now } = operation;
      await stripe.subscriptions.cancel(subscription.id, { prorate, invoice_now });
      return;
    }
    case "hold": {
      const subscription = await live();
      if (subscription === undefined) return;
      const { behavior } = operation;
      await stripe.subscriptions.update(
        subscription.id,
        { pause_collection: behavior === null ? "" : { behavior } },
        options,
      );
      return;
    }
    case "card": {
      const card = await stripe.paymentMethods.attach(
        operation.fails ? "pm_card_chargeCustomerFail" : "pm_card_visa",
        { customer },
      );
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
      return;
    }
    case "credit":
      if (operation.amount === 0) return;
      await stripe.customers.createBalanceTransaction(
        customer,
        { amount: operation.amount, currency: "usd" },
        options,
      );
      return;
    case "invoice_item":
      await stripe.invoiceItems.create({ customer, amount: operation.amount, currency: "usd" }, options);
      return;
    case "invoice": {
      const draft = await stripe.invoices.create(
        { customer, pending_invoice_items_behavior: "include" },
        options,
      );
      await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: true });
      return;
    }
    case "pay": {
      const [open] = (await stripe.invoices.list({ customer, status: "open", limit: 1 })).data;
      if (open?.id !== undefined) await stripe.invoices.pay(open.id, {}, options);
      return;
    }
    case "advance": {
      stage.now += operation.hours * 3_600;
      await stripe.testHelpers.testClocks.advance(stage.clock, { frozen_time: stage.now });
      for (;;) {
        const { status } = await stripe.testHelpers.testClocks.retrieve(stage.clock);
        if (status === "ready") return;
        if (status === "internal_failure") throw new Error("the clock failed");
      }
    }
  }
}
