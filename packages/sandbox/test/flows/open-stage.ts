import Stripe from "stripe";
import { createSandbox, type SandboxOptions } from "../../src/index.js";

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

export function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1_000;
}

/** A customer on a test clock at a day, with a card that is their default. */
export async function openStage({
  day = "2027-04-01",
  card = "pm_card_visa",
  settings,
}: {
  day?: string;
  card?: string | null;
  settings?: SandboxOptions["settings"];
} = {}) {
  const sandbox = createSandbox(settings ? { settings } : {});
  const stripe = new Stripe(sandbox.secretKey, {
    httpClient: Stripe.createFetchHttpClient(sandbox.handler),
    maxNetworkRetries: 0,
  });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at(day) });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "ada@example.com" });
  const setCard = async (id: string) => {
    const method = await stripe.paymentMethods.attach(id, { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    return method.id;
  };
  if (card !== null) await setCard(card);
  const product = await stripe.products.create({ name: "Pro" });
  return {
    sandbox,
    stripe,
    product,
    customer: customer.id,
    clock: clock.id,
    setCard,
    newPrice: async (amount: number, interval: "month" | "year" = "month") =>
      (
        await stripe.prices.create({
          product: product.id,
          currency: "usd",
          unit_amount: amount,
          recurring: { interval },
        })
      ).id,
    advance: async (to: number) => {
      await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
      await stripe.testHelpers.testClocks.retrieve(clock.id);
    },
    totals: async () =>
      (await stripe.invoices.list({ customer: customer.id, limit: 100 })).data.map(({ total }) => total),
    types: async () => (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse(),
    submit: (url: string, fields: Record<string, string>) =>
      sandbox.handler(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" }),
  };
}
