import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ceil, floor, fromDecimal, ratio, roundHalfUp, toDecimal } from "./rational.js";

describe("fromDecimal", () => {
  it("reads what toDecimal writes, without an error in the twelfth place", () => {
    const decimals = fc.tuple(fc.integer(), fc.nat(999_999_999_999)).map(([whole, part]) => {
      const fraction = String(part).padStart(12, "0").replace(/0+$/, "");
      return fraction === "" ? String(whole) : `${whole}.${fraction}`;
    });
    fc.assert(
      fc.property(decimals, (decimal) => {
        expect(toDecimal(fromDecimal(decimal))).toBe(decimal);
      }),
    );
  });

  it("reads exponents, as JavaScript prints small numbers: 1e-7", () => {
    expect(toDecimal(fromDecimal(1e-7))).toBe("0.0000001");
    expect(toDecimal(fromDecimal("1.5e3"))).toBe("1500");
  });

  it("refuses what is not a number", () => {
    expect(() => fromDecimal("ten")).toThrow("not a decimal number: ten");
    expect(() => fromDecimal("")).toThrow(RangeError);
  });
});

describe("roundHalfUp", () => {
  it("takes a tie away from zero, so that -0.5 mirrors 0.5", () => {
    expect([ratio(1, 2), ratio(-1, 2), ratio(5, 2), ratio(-5, 2)].map(roundHalfUp)).toEqual([1, -1, 3, -3]);
  });

  it("has no negative zero", () => {
    expect(Object.is(roundHalfUp(ratio(-1, 3)), 0)).toBe(true);
  });

  it("is never more than half away, and floor and ceil bracket it", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 100_000 }), (numerator, denominator) => {
        const value = ratio(numerator, denominator);
        const rounded = roundHalfUp(value);
        expect(2 * Math.abs(rounded * denominator - numerator)).toBeLessThanOrEqual(denominator);
        expect(floor(value)).toBe(Math.floor(numerator / denominator));
        expect(ceil(value)).toBe(0 - Math.floor(-numerator / denominator));
      }),
    );
  });
});
