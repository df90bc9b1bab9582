import { describe, expect, it } from "vitest";
import type { Interval } from "./cadence.js";
import { areIntervalsCompatible } from "./mixed-intervals.js";

const every = (intervalCount: number, interval: Interval) => ({ interval, intervalCount });

describe("areIntervalsCompatible", () => {
  it("allows a month with a year, a day with a week, and 2 months with 6", () => {
    expect(areIntervalsCompatible([every(1, "month"), every(1, "year")])).toBe(true);
    expect(areIntervalsCompatible([every(1, "day"), every(2, "week")])).toBe(true);
    expect(areIntervalsCompatible([every(6, "month"), every(2, "month")])).toBe(true);
    expect(areIntervalsCompatible([every(1, "month")])).toBe(true);
  });

  it("refuses a week with a month, and 2 months with 3", () => {
    expect(areIntervalsCompatible([every(1, "week"), every(1, "month")])).toBe(false);
    expect(areIntervalsCompatible([every(2, "month"), every(3, "month")])).toBe(false);
  });
});
