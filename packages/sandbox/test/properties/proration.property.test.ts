import fc from "fast-check";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { openSandbox } from "./in-process.js";
import { runs } from "./runs.js";

const START = Date.UTC(2027, 3, 1) / 1_000;
const MONTH = 30 * 86_400;
const AMOUNTS = [500, 1_000, 1_999, 5_000];

/** Some time into April: another plan or quantity; an end on a later date; no end any more. */
type Step = { after: number } & (
  | { type: "change"; amount: number; quantity: number; behavior: "always_invoice" | "create_prorations" }
  | { type: "end"; left: number }
  | { type: "stay" }
);

const after = fc.integer({ min: 1, max: MONTH - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    after,
    type: fc.constant("change" as const),
    amount: fc.constantFrom(...AMOUNTS),
    quantity: fc.integer({ min: 1, max: 4 }),
    behavior: fc.constantFrom("always_invoice" as const, "create_prorations" as const),
  }),
  fc.record({
    after,
    type: fc.constant("end" as const),
    left: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  }),
  fc.record({ after, type: fc.constant("stay" as const) }),
);
const months = fc
  .uniqueArray(step, { selector: (one) => one.after, maxLength: 6 })
  .map((steps) => steps.toSorted((a, b) => a.after - b.after));

describe("a month with any number of changes", () => {
  it("costs what was had, for as long as it was had, to half a cent a line", async () => {
    await fc.assert(
      fc.asyncProperty(months, async (steps) => {
        const { fair, amounts } = await live(openSandbox().stripe, steps);
        const billed = amounts.reduce((sum, amount) => sum + amount, 0);
        expect(Math.abs(billed - fair)).toBeLessThanOrEqual(amounts.length / 2);
      }),
      runs,
    );
  }, 600_000);
});

/** Goes through the month. `fair` is the share of each plan by seconds; `amounts` are the lines billed and pending. */
async function live(stripe: Stripe, steps: readonly Step[]): Promise<{ fair: number; amounts: number[] }> {
  const { clock, customer, prices, subscription } = await subscribe(stripe);
  const item = subscription.items.data[0]?.id ?? "";
  let fair = 0;
  let rate = 1_000;
  let since = 0;
  let end = MONTH;
  for (const step of steps) {
    if (step.after >= end) break;
    fair += (rate * (step.after - since)) / MONTH;
    since = step.after;
    await stripe.testHelpers.testClocks.advance(clock, { frozen_time: START + step.after });
    if (step.type === "change") {
      rate = step.amount * step.quantity;
      await stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, price: prices.get(step.amount) ?? "", quantity: step.quantity }],
        proration_behavior: step.behavior,
      });
    } else if (step.type === "end") {
      end = step.after + Math.ceil((MONTH - step.after) * step.left);
      await stripe.subscriptions.update(subscription.id, { cancel_at: START + end });
    } else {
      end = MONTH;
      await stripe.subscriptions.update(subscription.id, { cancel_at: "" });
    }
  }
  fair += (rate * (end - since)) / MONTH;
  const invoices = await stripe.invoices.list({ subscription: subscription.id, limit: 100 });
  const pending = await stripe.invoiceItems.list({ customer, pending: true, limit: 100 });
  const lines = invoices.data.flatMap((invoice) => invoice.lines.data);
  return { fair, amounts: [...lines, ...pending.data].map(({ amount }) => amount) };
}

async function subscribe(stripe: Stripe) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const prices = new Map<number, string>();
  for (const unit_amount of AMOUNTS) {
    const { id } = await stripe.prices.create({
      currency: "usd",
      unit_amount,
      recurring: { interval: "month" },
      product_data: { name: `Plan ${unit_amount}` },
    });
    prices.set(unit_amount, id);
  }
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    default_payment_method: card.id,
    items: [{ price: prices.get(1_000) ?? "" }],
  });
  return { clock: clock.id, customer: customer.id, prices, subscription };
}
