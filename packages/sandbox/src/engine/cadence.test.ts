import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addInterval, boundary, type Cadence, periodAt } from "./cadence.js";

const at = (iso: string) => Date.parse(iso) / 1_000;
const day = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);
const monthly = (iso: string): Cadence => ({ anchor: at(iso), interval: "month", intervalCount: 1 });

describe("boundary", () => {
  it("clamps 31 January to 28 February and is back on 31 March", () => {
    const cadence = monthly("2026-01-31T09:30:00Z");
    const days = [0, 1, 2, 3, 4].map((count) => day(boundary(cadence, count)));
    expect(days).toEqual(["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    expect(boundary(cadence, 1)).toBe(at("2026-02-28T09:30:00Z"));
  });

  it("reaches 29 February in a leap year, for months and for years", () => {
    expect(day(boundary(monthly("2028-01-31T00:00:00Z"), 1))).toBe("2028-02-29");
    const yearly: Cadence = { anchor: at("2024-02-29T12:00:00Z"), interval: "year", intervalCount: 1 };
    expect([1, 2, 3, 4].map((count) => day(boundary(yearly, count)))).toEqual([
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  it("keeps the weekday every two weeks and the hour every three days", () => {
    const start = at("2026-03-27T23:59:59Z");
    expect(boundary({ anchor: start, interval: "week", intervalCount: 2 }, 1)).toBe(
      at("2026-04-10T23:59:59Z"),
    );
    expect(boundary({ anchor: start, interval: "day", intervalCount: 3 }, 2)).toBe(
      at("2026-04-02T23:59:59Z"),
    );
  });

  it("aims at the 31st again when a configured anchor was clamped to 30 April", () => {
    const cadence = { ...monthly("2026-04-30T00:00:00Z"), dayOfMonth: 31 };
    expect([1, 2].map((count) => day(boundary(cadence, count)))).toEqual(["2026-05-31", "2026-06-30"]);
  });
});

describe("periodAt", () => {
  it("contains its start and not its end", () => {
    const cadence = monthly("2026-01-31T00:00:00Z");
    const february = { start: at("2026-01-31T00:00:00Z"), end: at("2026-02-28T00:00:00Z") };
    expect(periodAt(cadence, february.start)).toEqual(february);
    expect(periodAt(cadence, february.end - 1)).toEqual(february);
    expect(periodAt(cadence, february.end).end).toBe(at("2026-03-31T00:00:00Z"));
  });

  it("finds the period before the anchor, which a first partial period is a share of", () => {
    expect(periodAt(monthly("2026-03-01T00:00:00Z"), at("2026-02-10T00:00:00Z"))).toEqual({
      start: at("2026-02-01T00:00:00Z"),
      end: at("2026-03-01T00:00:00Z"),
    });
  });
});

describe("addInterval", () => {
  it("is three calendar months from 30 November: 28 February", () => {
    expect(day(addInterval(at("2025-11-30T00:00:00Z"), { interval: "month", intervalCount: 3 }))).toBe(
      "2026-02-28",
    );
  });
});

describe("the periods of a cadence", () => {
  const cadences = fc.record({
    anchor: fc.integer({ min: 0, max: at("2100-01-01T00:00:00Z") }),
    interval: fc.constantFrom("day", "week", "month", "year"),
    intervalCount: fc.integer({ min: 1, max: 12 }),
  });

  it("follow each other without a gap or an overlap, and never drift", () => {
    fc.assert(
      fc.property(cadences, fc.integer({ min: -50, max: 50 }), (cadence, count) => {
        const period = periodAt(cadence, boundary(cadence, count));
        expect(period).toEqual({ start: boundary(cadence, count), end: boundary(cadence, count + 1) });
        expect(period.end).toBeGreaterThan(period.start);
        expect(periodAt(cadence, period.end).start).toBe(period.end);
      }),
    );
  });
});
