import { describe, expect, it } from "vitest";
import { utc } from "../../test/grant-fixture.js";
import { addPeriods, periodAt, periodIndexAt } from "./calendar.js";

describe("addPeriods", () => {
  it("keeps the 31st through shorter months without drifting", () => {
    const anchor = utc("2026-01-31T10:30:00");
    expect([1, 2, 3, 13].map((index) => addPeriods(anchor, [1, "month"], index).toISOString())).toEqual([
      "2026-02-28T10:30:00.000Z",
      "2026-03-31T10:30:00.000Z",
      "2026-04-30T10:30:00.000Z",
      "2027-02-28T10:30:00.000Z",
    ]);
  });

  it("lands on 29 February in a leap year, and a yearly 29 February on the 28th in the others", () => {
    expect(addPeriods(utc("2028-01-31T00:00:00"), [1, "month"], 1)).toEqual(utc("2028-02-29T00:00:00"));
    expect(addPeriods(utc("2028-02-29T00:00:00"), [1, "year"], 1)).toEqual(utc("2029-02-28T00:00:00"));
    expect(addPeriods(utc("2028-02-29T00:00:00"), [1, "year"], 4)).toEqual(utc("2032-02-29T00:00:00"));
  });

  it("counts back before the anchor", () => {
    expect(addPeriods(utc("2026-03-31T00:00:00"), [1, "month"], -1)).toEqual(utc("2026-02-28T00:00:00"));
    expect(addPeriods(utc("2026-01-15T00:00:00"), [2, "week"], -1)).toEqual(utc("2026-01-01T00:00:00"));
  });
});

describe("periodAt", () => {
  it("begins at a boundary and ends just before the next", () => {
    const anchor = utc("2026-01-31T00:00:00");
    expect(periodAt(anchor, [1, "month"], utc("2026-02-28T00:00:00"))).toEqual({
      start: utc("2026-02-28T00:00:00"),
      end: utc("2026-03-31T00:00:00"),
    });
    expect(periodAt(anchor, [1, "month"], utc("2026-02-27T23:59:59.999"))).toEqual({
      start: anchor,
      end: utc("2026-02-28T00:00:00"),
    });
  });

  it("extends backwards from an anchor in the future, as during a trial", () => {
    expect(periodAt(utc("2026-03-15T12:00:00"), [1, "month"], utc("2026-03-05T00:00:00"))).toEqual({
      start: utc("2026-02-15T12:00:00"),
      end: utc("2026-03-15T12:00:00"),
    });
  });

  it("holds the instant it was asked for, and no other period does, for any anchor, length and instant", async () => {
    const { default: fc } = await import("fast-check");
    const instant = fc.date({
      min: utc("1990-01-01T00:00:00"),
      max: utc("2090-01-01T00:00:00"),
      noInvalidDate: true,
    });
    const repeat = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom("day", "week", "month", "year"));
    fc.assert(
      fc.property(instant, repeat, instant, (anchor, [count, unit], at) => {
        const length = [count, unit as "day"] as const;
        const { start, end } = periodAt(anchor, length, at);
        expect(start <= at && at < end).toBe(true);
        expect(periodIndexAt(anchor, length, start)).toBe(periodIndexAt(anchor, length, at));
        expect(periodIndexAt(anchor, length, end)).toBe(periodIndexAt(anchor, length, at) + 1);
      }),
    );
  });
});
