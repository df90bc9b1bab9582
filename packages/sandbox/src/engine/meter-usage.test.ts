import { describe, expect, it } from "vitest";
import { aggregateUsage } from "./meter-usage.js";

const period = { start: 100, end: 200 };
const usage = [
  { at: 99, value: "1000" },
  { at: 100, value: "100.1" },
  { at: 199, value: "6.4" },
  { at: 150, value: "0" },
  { at: 200, value: "1000" },
];

describe("aggregateUsage", () => {
  it("sums within the period only, without floating-point dust: 100.1 and 6.4 is 106.5", () => {
    expect(aggregateUsage(usage, "sum", period)).toBe("106.5");
  });

  it("counts 3 events and takes the one at 199 as the last", () => {
    expect(aggregateUsage(usage, "count", period)).toBe("3");
    expect(aggregateUsage(usage, "last", period)).toBe("6.4");
  });

  it("is 0 without usage", () => {
    expect(aggregateUsage([], "sum", period)).toBe("0");
    expect(aggregateUsage([], "last", period)).toBe("0");
  });
});
