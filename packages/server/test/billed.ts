import type { Plan } from "../src/catalog/index.js";
import { createCatalog, feature, plan, product } from "../src/catalog/index.js";
import type { BilledPrice, BilledState, BilledSubscription } from "../src/subscription/billed.js";
import type { FindProduct } from "../src/subscription/plan-lines.js";

const messages = feature({ id: "messages", type: "metered" });
const sso = feature({ id: "sso", type: "boolean" });

/** Free, Pro 20 a month or 200 a year with a trial, Premium 50, Ultra 200, an add-on of 5, and a pack. */
export const ladderProducts = [
  plan({ id: "free", group: "base", default: true, includes: [messages({ limit: 100, reset: "month" })] }),
  plan({
    id: "pro",
    group: "base",
    trialDays: 14,
    price: [
      { amount: 20, interval: "month" },
      { amount: 200, interval: "year" },
    ],
    includes: [messages({ limit: 1_000, reset: "month" })],
  }),
  plan({
    id: "premium",
    group: "base",
    price: [
      { amount: 50, interval: "month" },
      { amount: 500, interval: "year" },
    ],
    includes: [messages({ limit: 5_000, reset: "month" })],
  }),
  plan({
    id: "ultra",
    group: "base",
    price: { amount: 200, interval: "month" },
    includes: [messages({ limit: 20_000, reset: "month" })],
  }),
  plan({ id: "single_sign_on", price: { amount: 5, interval: "month" }, includes: [sso()] }),
  product({
    id: "pack",
    stackable: true,
    price: { amount: 9.99 },
    includes: [messages({ quantity: 500, expires: "never" })],
  }),
] as const;

export const ladder = createCatalog(ladderProducts);

export const findProduct: FindProduct = (id) => ladder.products.get(id) ?? null;

export function planOf(id: string): Plan {
  const found = ladder.products.get(id);
  if (found?.kind !== "plan") throw new Error(`no plan ${id}`);
  return found;
}

export const day = (n: number, hour = 0) => new Date(Date.UTC(2026, 0, n, hour));

/** A subscription to one plan that began on 1 January 2026, active and paid until 1 February. */
export function billed(priceId: string, overrides: Partial<BilledSubscription> = {}): BilledSubscription {
  const id = overrides.id ?? "sub_1";
  return {
    id,
    status: "active",
    items: [{ id: `si_${id}`, priceId, quantity: 1, currentPeriodStart: day(1), currentPeriodEnd: day(32) }],
    createdAt: day(1),
    anchorAt: day(1),
    cancelAt: null,
    cancelsByFlag: false,
    canceledAt: null,
    endedAt: null,
    trialStart: null,
    trialEnd: null,
    unpaidSince: null,
    isOurs: true,
    checkoutId: null,
    replaces: null,
    endsWithoutCard: false,
    latestInvoiceId: `in_${id}`,
    schedule: null,
    openInvoice: null,
    leaving: [],
    isPending: false,
    ...overrides,
  };
}

/** Prices are named `<plan>_<unit>`: `pro_month`, `pro_year`. */
const prices: ReadonlyMap<string, BilledPrice> = new Map(
  [...ladder.products.values()].flatMap((sold) =>
    sold.prices.map(({ amount, currency, interval }): [string, BilledPrice] => {
      const id = `${sold.id}_${interval?.[1] ?? "once"}`;
      return [id, { id, productId: sold.id, version: sold.version, amount, currency, interval }];
    }),
  ),
);

export const card = {
  id: "pm_1",
  type: "card",
  brand: "visa",
  last4: "4242",
  expiryMonth: 12,
  expiryYear: 2034,
};

export function stateOf(
  subscriptions: BilledSubscription[],
  overrides: Partial<BilledState> = {},
): BilledState {
  return { isDeleted: false, subscriptions, payments: [], paymentMethod: card, prices, ...overrides };
}
