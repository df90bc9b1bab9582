import type Stripe from "stripe";
import { attempt } from "./in-process.js";
import type { Operation } from "./operation.js";
import { changeCard, type Stage, YEARLY } from "./stage.js";

const DAY = 86_400;

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
          items: [
            { price: stage.prices[operation.price] ?? "", quantity: operation.quantity },
            ...(operation.isMetered ? [{ price: stage.metered }] : []),
          ],
          ...(operation.trialDays > 0 ? { trial_period_days: operation.trialDays } : {}),
          ...(coupon === undefined ? {} : { discounts: [{ coupon }] }),
        },
        options,
      );
      return;
    }
    case "change": {
      const subscription = await live();
      const item = subscription?.items.data.find(({ price }) => price.id !== stage.metered);
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
    case "plan_change": {
      const subscription = await live();
      if (subscription === undefined) return;
      await planChange(stage, subscription, operation);
      return;
    }
    case "release": {
      const schedule = (await live())?.schedule;
      if (typeof schedule === "string") await stripe.subscriptionSchedules.release(schedule, {}, options);
      return;
    }
    case "use":
      await stripe.billing.meterEvents.create(
        {
          event_name: "units",
          payload: { stripe_customer_id: customer, value: String(operation.amount) },
        },
        options,
      );
      return;
    case "card":
      await changeCard(stage, operation.kind);
      return;
    case "buy_with_challenge": {
      await changeCard(stage, "asks");
      await stripe.subscriptions.create({
        customer,
        items: [{ price: stage.prices[operation.price] ?? "" }],
      });
      const { data } = await stripe.paymentIntents.list({ customer, limit: 1 });
      const url = data[0]?.next_action?.redirect_to_url?.url;
      if (url) await stage.submit(url, { outcome: operation.passes ? "confirm" : "fail" });
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

/** Puts another price off to the end of the period, for one or two of the new price's intervals. */
async function planChange(
  { stripe, prices }: Stage,
  { id, schedule }: Stripe.Subscription,
  { price, phases }: { price: number; phases: number },
): Promise<void> {
  const held =
    typeof schedule === "string"
      ? await stripe.subscriptionSchedules.retrieve(schedule)
      : await stripe.subscriptionSchedules.create({ from_subscription: id });
  const current = held.phases.find(({ start_date }) => start_date === held.current_phase?.start_date);
  if (current === undefined) return;
  const items = current.items.map((item) => ({
    price: String(item.price),
    ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
  }));
  const next = items.map((item, index) => (index === 0 ? { ...item, price: prices[price] ?? "" } : item));
  await stripe.subscriptionSchedules.update(held.id, {
    proration_behavior: "none",
    phases: [
      { items, start_date: current.start_date, end_date: current.end_date },
      ...Array.from({ length: phases }, () => ({
        items: next,
        duration: { interval: price === YEARLY ? ("year" as const) : ("month" as const) },
        proration_behavior: "none" as const,
      })),
    ],
  });
}
