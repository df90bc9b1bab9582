import type { PublicInclude, PublicProduct } from "@paykit/server/contract";

function include(fields: Partial<PublicInclude> & { featureId: string; name: string }): PublicInclude {
  return { type: "metered", quantity: null, unlimited: false, repeat: null, ...fields };
}

function product(fields: Partial<PublicProduct> & { id: string; name: string }): PublicProduct {
  return {
    type: "plan",
    description: null,
    group: "base",
    isDefault: false,
    stackable: false,
    trialDays: 0,
    prices: [],
    includes: [],
    ...fields,
  };
}

const perMonth = { featureId: "messages", name: "messages", repeat: [1, "month"] } as const;
const monthly = (amount: number) => ({ amount, currency: "usd", interval: [1, "month"] }) as const;
const yearly = (amount: number) => ({ amount, currency: "usd", interval: [1, "year"] }) as const;

/** Free, Pro for 19 a month or 190 a year with a trial of 14 days, Team for 49 or 490, and a pack of credits. */
export const products: PublicProduct[] = [
  product({ id: "free", name: "Free", isDefault: true, includes: [include({ ...perMonth, quantity: 100 })] }),
  product({
    id: "pro",
    name: "Pro",
    description: "For one person",
    trialDays: 14,
    prices: [monthly(1900), yearly(19_000)],
    includes: [
      include({ ...perMonth, quantity: 2000 }),
      include({ featureId: "pro_models", name: "Pro models", type: "boolean" }),
    ],
  }),
  product({
    id: "team",
    name: "Team",
    prices: [monthly(4900), yearly(49_000)],
    includes: [include({ ...perMonth, unlimited: true })],
  }),
  product({
    id: "credit_pack",
    name: "500 credits",
    type: "product",
    group: null,
    stackable: true,
    prices: [{ amount: 999, currency: "usd", interval: null }],
    includes: [include({ featureId: "credits", name: "credits", quantity: 500 })],
  }),
];
