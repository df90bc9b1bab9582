import { describe, expect, it } from "vitest";
import { clipPeriod, resolveCancelAt } from "./cancel-at.js";

const items = [{ period: { start: 0, end: 100 }, billedUntil: 300 }, { period: { start: 0, end: 200 } }];

describe("resolveCancelAt", () => {
  it("takes an instant as it is and resolves the three words", () => {
    expect(resolveCancelAt(42, items)).toBe(42);
    expect(resolveCancelAt("min_period_end", items)).toBe(100);
    expect(resolveCancelAt("max_period_end", items)).toBe(200);
    expect(resolveCancelAt("max_billed_until", items)).toBe(300);
  });
});

describe("clipPeriod", () => {
  it("cuts a period only when the cancellation lies inside it", () => {
    const period = { start: 100, end: 200 };
    expect(clipPeriod(period, 150)).toEqual({ start: 100, end: 150 });
    expect([null, 100, 200, 300].map((cancelAt) => clipPeriod(period, cancelAt))).toEqual(
      Array(4).fill(period),
    );
  });
});
