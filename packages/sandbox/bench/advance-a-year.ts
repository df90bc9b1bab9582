/**
 * Twelve months of a hundred monthly subscriptions, with renewals, payments and events, on the sandbox's own clock.
 * Budget: 5 seconds on two cores. `pnpm --filter @paykit/sandbox bench`
 */
import { performance } from "node:perf_hooks";
import Stripe from "stripe";
import { createSandbox } from "../src/index.js";

const SUBSCRIPTIONS = 100;
const MONTHS = 12;
const BUDGET_MS = 5_000;

const start = new Date("2026-01-31T12:00:00Z");
const sandbox = createSandbox({ now: () => start });
const stripe = new Stripe(sandbox.secretKey, { httpClient: Stripe.createFetchHttpClient(sandbox.handler) });

const product = await stripe.products.create({ name: "Pro" });
const price = await stripe.prices.create({
  product: product.id,
  currency: "usd",
  unit_amount: 1_900,
  recurring: { interval: "month" },
});
for (let index = 0; index < SUBSCRIPTIONS; index += 1) {
  const customer = await stripe.customers.create({ source: "tok_visa" });
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
}

const before = performance.now();
await sandbox.clock.advance(new Date(Date.UTC(2027, 0, 31, 14)));
const took = performance.now() - before;

const { events, invoices } = countAll();
console.log(
  `${MONTHS} months of ${SUBSCRIPTIONS} subscriptions: ${Math.round(took)} ms, ${invoices} invoices, ${events} events`,
);
if (invoices !== SUBSCRIPTIONS * (MONTHS + 1)) throw new Error("there should be an invoice for every period");
if (took > BUDGET_MS) process.exitCode = 1;

function countAll(): { events: number; invoices: number } {
  const { objects } = sandbox.save().world;
  return {
    events: objects.filter(({ object }) => object === "event").length,
    invoices: objects.filter(({ object }) => object === "invoice").length,
  };
}
