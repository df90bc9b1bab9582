import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactAmount, type PriceTerms, priceAmount, priceLines } from "./price-lines.js";
import { roundHalfUp } from "./rational.js";

const perUnit = (unitAmount: string): PriceTerms => ({ unitAmount });
// The table of Stripe's "Tiered pricing": 1-5 at 7.00, 6-10 at 6.50, 11 and up at 6.00.
const tiers = [
  { upTo: 5, unitAmount: "700", flatAmount: null },
  { upTo: 10, unitAmount: "650", flatAmount: null },
  { upTo: null, unitAmount: "600", flatAmount: null },
];
const volume: PriceTerms = { unitAmount: null, tiersMode: "volume", tiers };
const graduated: PriceTerms = { unitAmount: null, tiersMode: "graduated", tiers };

describe("priceAmount", () => {
  it("is the unit amount times the quantity: 3 at 20.00 is 60.00, JPY 500 is 500", () => {
    expect(priceAmount(perUnit("2000"), 3)).toBe(6_000);
    expect(priceAmount(perUnit("500"), 1)).toBe(500);
  });

  it("rounds the line, not the unit: 3 at 0.105 is 0.315, so 0.32", () => {
    expect(priceAmount(perUnit("10.5"), 3)).toBe(32);
  });

  it("bills a whole quantity at the volume tier it falls into: 5 is 35.00, 6 is 39.00, 25 is 150.00", () => {
    expect([1, 5, 6, 20, 25].map((quantity) => priceAmount(volume, quantity))).toEqual([
      700, 3_500, 3_900, 12_000, 15_000,
    ]);
  });

  // 5 x 7.00 = 35.00; + 1 x 6.50 = 41.50; 35.00 + 5 x 6.50 + 10 x 6.00 = 127.50
  it("bills each unit at its own graduated tier: 5 is 35.00, 6 is 41.50, 20 is 127.50", () => {
    expect([5, 6, 20].map((quantity) => priceAmount(graduated, quantity))).toEqual([3_500, 4_150, 12_750]);
  });

  it("bills 106.5 metered units at 0.10 over 100 included as 0.65", () => {
    const included: PriceTerms = {
      unitAmount: null,
      tiersMode: "graduated",
      tiers: [
        { upTo: 100, unitAmount: "0", flatAmount: null },
        { upTo: null, unitAmount: "10", flatAmount: null },
      ],
    };
    expect(priceAmount(included, "106.5")).toBe(65);
    expect(priceAmount(included, "100")).toBe(0);
    expect(priceLines(included, "106.5").map(({ quantity, tier }) => ({ quantity, tier }))).toEqual([
      { quantity: "100", tier: 1 },
      { quantity: "6.5", tier: 2 },
    ]);
  });

  it("adds a tier's flat fee once reached, and the first tier's also at 0", () => {
    const withFees: PriceTerms = {
      unitAmount: null,
      tiersMode: "graduated",
      tiers: [
        { upTo: 10, unitAmount: "0", flatAmount: "500" },
        { upTo: null, unitAmount: "50", flatAmount: "100" },
      ],
    };
    // 5.00; 5.00; 5.00 + 2 x 0.50 + 1.00
    expect([0, 10, 12].map((quantity) => priceAmount(withFees, quantity))).toEqual([500, 500, 700]);
  });

  it("sells packages of 10, rounded up or down: 21 is 3 or 2 packages", () => {
    const packages = (round: "up" | "down"): PriceTerms => ({
      unitAmount: "900",
      transformQuantity: { divideBy: 10, round },
    });
    expect(priceAmount(packages("up"), 21)).toBe(2_700);
    expect(priceAmount(packages("down"), 21)).toBe(1_800);
  });
});

describe("exactAmount", () => {
  it("rounds to within half a unit per line of what is billed, for any decimal price and quantity", () => {
    const decimals = fc.tuple(fc.nat(100_000), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(decimals, fc.nat(10_000), (unitAmount, quantity) => {
        expect(roundHalfUp(exactAmount(perUnit(unitAmount), quantity))).toBe(
          priceAmount(perUnit(unitAmount), quantity),
        );
      }),
    );
  });

  it("never falls when a graduated quantity grows", () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(priceAmount(graduated, less)).toBeLessThanOrEqual(priceAmount(graduated, more));
      }),
    );
  });
});
