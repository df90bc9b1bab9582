import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateDiscount, discountAmount, discountEnd } from "./discount.js";

const at = (iso: string) => Date.parse(iso) / 1_000;

describe("discountAmount", () => {
  it("takes 50 % off 20.00 and rounds half up: 12.5 % off 9.99 is 1.25", () => {
    expect(discountAmount({ percentOff: 50, amountOff: null }, 2_000)).toBe(1_000);
    expect(discountAmount({ percentOff: 12.5, amountOff: null }, 999)).toBe(125);
  });

  it("never takes off more than there is", () => {
    expect(discountAmount({ percentOff: null, amountOff: 5_000 }, 2_000)).toBe(2_000);
    expect(discountAmount({ percentOff: 100, amountOff: null }, -500)).toBe(0);
  });
});

describe("discountEnd", () => {
  it("is three calendar months after a repeating coupon was applied", () => {
    const coupon = { duration: "repeating", durationInMonths: 3 } as const;
    expect(discountEnd(coupon, at("2026-11-30T10:00:00Z"))).toBe(at("2027-02-28T10:00:00Z"));
  });

  it("is null for once and forever", () => {
    expect(discountEnd({ duration: "once" }, 0)).toBeNull();
    expect(discountEnd({ duration: "forever" }, 0)).toBeNull();
  });
});

describe("allocateDiscount", () => {
  it("spreads 5.00 over 10.00 and 20.00 as 1.66 and 3.34, the remainder on the last", () => {
    expect(allocateDiscount(500, [1_000, 2_000])).toEqual([166, 334]);
  });

  it("passes over amounts without room: 0.02 over 0.01, 0.01 and 0.00", () => {
    expect(allocateDiscount(2, [1, 1, 0])).toEqual([1, 1, 0]);
  });

  it("always sums to the discount and never exceeds an amount", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }),
        fc.nat(100),
        (amounts, percent) => {
          const total = amounts.reduce((sum, amount) => sum + amount, 0);
          const discount = Math.floor((total * percent) / 100);
          const shares = allocateDiscount(discount, amounts);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(discount);
          for (const [index, share] of shares.entries())
            expect(share).toBeLessThanOrEqual(amounts[index] ?? 0);
        },
      ),
    );
  });
});
