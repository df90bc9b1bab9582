import { describe, expect, it } from "vitest";
import { toMinorUnits } from "./money.js";

describe("toMinorUnits", () => {
  it.each([
    ["19.99", "usd", 1_999],
    [19.99, "usd", 1_999],
    [0.29, "usd", 29],
    ["0.1", "eur", 10],
    [1.1, "usd", 110],
    ["500", "jpy", 500],
    ["007", "usd", 700],
    ["9999999999.99", "usd", 999_999_999_999],
    ["12", "isk", 1_200],
    ["1.25", "kwd", 1_250],
    ["0", "usd", 0],
  ])("makes %s %s %i minor units", (amount, currency, expected) => {
    expect(toMinorUnits(amount, currency)).toBe(expected);
  });

  it.each([
    ["19.999", "usd"],
    ["500.00", "jpy"],
    ["12.5", "isk"],
    ["1.255", "kwd"],
    ["-1", "usd"],
    ["1e3", "usd"],
    [1e21, "usd"],
    [Number.NaN, "usd"],
    ["", "usd"],
    [".5", "usd"],
    ["1,50", "usd"],
    ["10000000000.00", "usd"],
  ])("refuses %s %s", (amount, currency) => {
    expect(() => toMinorUnits(amount, currency)).toThrow(RangeError);
  });
});
