import type Stripe from "stripe";
import { openSandbox } from "./in-process.js";
import type { CardKind } from "./operation.js";

/** The customer whose life it is, and what is for sale. */
export type Stage = {
  stripe: Stripe;
  /** Fills in and sends the form of a page. */
  submit: (url: string, fields: Record<string, string>) => Promise<void>;
  customer: string;
  clock: string;
  now: number;
  prices: string[];
  /** 0.10 a unit, in arrears, monthly. */
  metered: string;
  coupons: string[];
};

/** The one of `prices` that is paid by the year; the others are monthly. */
export const YEARLY = 3;

const START = Date.UTC(2027, 0, 31) / 1_000;

export async function openStage(): Promise<Stage> {
  const { stripe, submit } = openSandbox();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  const newPrice = (unit_amount: number, recurring: Stripe.PriceCreateParams.Recurring) =>
    stripe.prices.create({
      currency: "usd",
      unit_amount,
      recurring,
      product_data: { name: `Plan ${unit_amount}` },
    });
  const prices = [
    await newPrice(1_000, { interval: "month" }),
    await newPrice(1_999, { interval: "month" }),
    await newPrice(5_000, { interval: "month" }),
    await newPrice(19_000, { interval: "year" }),
  ];
  const meter = await stripe.billing.meters.create({
    display_name: "Units",
    event_name: "units",
    default_aggregation: { formula: "sum" },
  });
  const metered = await newPrice(10, { interval: "month", usage_type: "metered", meter: meter.id });
  const coupons = [
    await stripe.coupons.create({ percent_off: 33, duration: "repeating", duration_in_months: 2 }),
    await stripe.coupons.create({ amount_off: 333, currency: "usd", duration: "once" }),
  ];
  const stage: Stage = {
    stripe,
    submit,
    customer: customer.id,
    clock: clock.id,
    now: START,
    prices: prices.map(({ id }) => id),
    metered: metered.id,
    coupons: coupons.map(({ id }) => id),
  };
  await changeCard(stage, "pays");
  return stage;
}

const CARDS: Record<CardKind, string> = {
  pays: "pm_card_visa",
  fails: "pm_card_chargeCustomerFail",
  asks: "pm_card_authenticationRequired",
};

/** Gives the customer another default card. */
export async function changeCard({ stripe, customer }: Stage, kind: CardKind): Promise<void> {
  const card = await stripe.paymentMethods.attach(CARDS[kind], { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
}
