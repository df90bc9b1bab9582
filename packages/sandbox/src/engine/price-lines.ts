import {
  add,
  ceil,
  compare,
  floor,
  fromDecimal,
  multiply,
  negate,
  type Rational,
  ratio,
  roundHalfUp,
  toDecimal,
  ZERO,
} from "./rational.js";

/** One step of a tiered price. Amounts are decimals in minor units; `upTo` null is the last, open tier. */
export type Tier = { upTo: number | null; unitAmount: string | null; flatAmount: string | null };

/** What of a price decides an amount. */
export type PriceTerms = {
  /** Minor units as a decimal, e.g. `"1050.5"`; null for a tiered price. */
  unitAmount: string | null;
  tiersMode?: "graduated" | "volume" | null;
  tiers?: readonly Tier[] | null;
  transformQuantity?: { divideBy: number; round: "up" | "down" } | null;
};

/** A line before it is rounded: what was counted, at how much each, and which tier it fell into (from 1). */
export type PriceLine = {
  quantity: string;
  unitAmount: string;
  amount: number;
  exact: Rational;
  tier: number | null;
  isFlatFee: boolean;
};

/**
 * The lines that a quantity costs. A per-unit or volume price is one line; a graduated price is one line per tier
 * reached. Each line is rounded by itself, half up. The flat fee of the first tier is due also at a quantity of 0.
 */
export function priceLines(terms: PriceTerms, quantity: string | number): PriceLine[] {
  const counted = transform(terms, fromDecimal(quantity));
  if (!terms.tiersMode || !terms.tiers) return [unitLine(counted, terms.unitAmount ?? "0", null)];
  return terms.tiersMode === "volume"
    ? volumeLines(terms.tiers, counted)
    : graduatedLines(terms.tiers, counted);
}

/** What a quantity costs in whole minor units: the sum of its lines. */
export function priceAmount(terms: PriceTerms, quantity: string | number): number {
  return priceLines(terms, quantity).reduce((sum, line) => sum + line.amount, 0);
}

/** What a quantity costs before any rounding: the base of a proration. */
export function exactAmount(terms: PriceTerms, quantity: string | number): Rational {
  return priceLines(terms, quantity).reduce((sum, line) => add(sum, line.exact), ZERO);
}

function transform({ transformQuantity }: PriceTerms, quantity: Rational): Rational {
  if (!transformQuantity) return quantity;
  const packages = multiply(quantity, ratio(1, transformQuantity.divideBy));
  return ratio(transformQuantity.round === "up" ? ceil(packages) : floor(packages), 1);
}

function volumeLines(tiers: readonly Tier[], quantity: Rational): PriceLine[] {
  const index = Math.max(
    0,
    tiers.findIndex((tier) => reaches(tier, quantity)),
  );
  const tier = tiers[index];
  return tier ? tierLines(tier, quantity, index) : [];
}

function graduatedLines(tiers: readonly Tier[], quantity: Rational): PriceLine[] {
  const lines: PriceLine[] = [];
  let below = ZERO;
  for (const [index, tier] of tiers.entries()) {
    if (index > 0 && compare(quantity, below) <= 0) break;
    const upTo = reaches(tier, quantity) ? quantity : ratio(tier.upTo ?? 0, 1);
    lines.push(...tierLines(tier, add(upTo, negate(below)), index));
    below = upTo;
  }
  return lines;
}

function reaches({ upTo }: Tier, quantity: Rational): boolean {
  return upTo === null || compare(quantity, ratio(upTo, 1)) <= 0;
}

function tierLines(tier: Tier, quantity: Rational, index: number): PriceLine[] {
  const lines = [unitLine(quantity, tier.unitAmount ?? "0", index + 1)];
  if (tier.flatAmount !== null && compare(fromDecimal(tier.flatAmount), ZERO) !== 0) {
    lines.push({ ...unitLine(ratio(1, 1), tier.flatAmount, index + 1), isFlatFee: true });
  }
  return lines;
}

function unitLine(quantity: Rational, unitAmount: string, tier: number | null): PriceLine {
  const exact = multiply(quantity, fromDecimal(unitAmount));
  return {
    quantity: toDecimal(quantity),
    unitAmount: toDecimal(fromDecimal(unitAmount)),
    amount: roundHalfUp(exact),
    exact,
    tier,
    isFlatFee: false,
  };
}
