import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { totalLines } from "./total-lines.js";

const line = (amount: number, isDiscountable = true) => ({ amount, isDiscountable, discounts: [] });
const half = { id: "half", percentOff: 50, amountOff: null };
const fiveOff = { id: "five", percentOff: null, amountOff: 500 };

describe("totalLines", () => {
  it("takes half off 20.00 and nothing off a credit of 5.00: 5.00", () => {
    expect(totalLines([line(2_000), line(-500, false)], [half])).toEqual({
      lineDiscounts: [[{ discount: "half", amount: 1_000 }], []],
      totalDiscounts: [{ discount: "half", amount: 1_000 }],
      subtotal: 1_500,
      total: 500,
    });
  });

  it("takes the second discount off what the first left: half of 20.00, then 5.00", () => {
    expect(totalLines([line(2_000)], [half, fiveOff]).total).toBe(500);
    // The other way round: 20.00 - 5.00 = 15.00, half of it is 7.50.
    expect(totalLines([line(2_000)], [fiveOff, half]).total).toBe(750);
  });

  it("applies an item's discount to its own lines, before the invoice's", () => {
    // 10.00 - 50 % = 5.00, beside 20.00; then 5.00 off 25.00, of which 5.00/25.00 is 1.00.
    const totals = totalLines([{ ...line(1_000), discounts: [half] }, line(2_000)], [fiveOff]);
    expect(totals.lineDiscounts).toEqual([
      [
        { discount: "half", amount: 500 },
        { discount: "five", amount: 100 },
      ],
      [{ discount: "five", amount: 400 }],
    ]);
    expect(totals.total).toBe(2_000);
  });

  it("adds up for any lines and discounts, and no discount makes a line negative", () => {
    const lines = fc.array(
      fc.record({ amount: fc.integer({ min: -1_000_000, max: 1_000_000 }), isDiscountable: fc.boolean() }),
      { minLength: 1, maxLength: 8 },
    );
    const discounts = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 100 }).map((percentOff) => ({ percentOff, amountOff: null })),
        fc.integer({ min: 1, max: 500_000 }).map((amountOff) => ({ percentOff: null, amountOff })),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(lines, discounts, (drawn, coupons) => {
        const given = drawn.map((one) => ({ ...one, discounts: [] }));
        const totals = totalLines(
          given,
          coupons.map((one, index) => ({ ...one, id: `di_${index}` })),
        );
        const offLines = totals.lineDiscounts.map((shares) =>
          shares.reduce((sum, { amount }) => sum + amount, 0),
        );
        const off = totals.totalDiscounts.reduce((sum, { amount }) => sum + amount, 0);
        expect(offLines.reduce((sum, amount) => sum + amount, 0)).toBe(off);
        expect(totals.total).toBe(totals.subtotal - off);
        for (const [index, amount] of offLines.entries()) {
          expect(amount).toBeLessThanOrEqual(Math.max(0, given[index]?.amount ?? 0));
        }
      }),
    );
  });
});
