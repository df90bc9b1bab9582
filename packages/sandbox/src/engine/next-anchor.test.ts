import { describe, expect, it } from "vitest";
import { nextAnchor } from "./next-anchor.js";

const at = (iso: string) => Date.parse(iso) / 1_000;
const monthly = { interval: "month", intervalCount: 1 } as const;
const quarterly = { interval: "month", intervalCount: 3 } as const;
const yearly = { interval: "year", intervalCount: 1 } as const;

describe("nextAnchor", () => {
  it("is the next 1st, at the time of day of creation", () => {
    expect(nextAnchor({ dayOfMonth: 1 }, at("2026-11-22T14:30:15Z"), monthly)).toBe(
      at("2026-12-01T14:30:15Z"),
    );
  });

  it("is later the same day when the hour is still ahead, and next month when it has passed", () => {
    const noon = { dayOfMonth: 22, hour: 12, minute: 0, second: 0 };
    expect(nextAnchor(noon, at("2026-11-22T11:59:59Z"), monthly)).toBe(at("2026-11-22T12:00:00Z"));
    expect(nextAnchor(noon, at("2026-11-22T12:00:01Z"), monthly)).toBe(at("2026-12-22T12:00:00Z"));
  });

  it("clamps the 31st to the last day of a short month", () => {
    expect(nextAnchor({ dayOfMonth: 31 }, at("2026-02-03T00:00:00Z"), monthly)).toBe(
      at("2026-02-28T00:00:00Z"),
    );
  });

  it("is at most a year ahead for a yearly price with a month", () => {
    expect(nextAnchor({ dayOfMonth: 1, month: 7 }, at("2026-08-01T00:00:00Z"), yearly)).toBe(
      at("2027-07-01T00:00:00Z"),
    );
  });

  it("counts October for January when the price is quarterly, so that the first period is under a quarter", () => {
    expect(nextAnchor({ dayOfMonth: 15, month: 1 }, at("2026-08-20T00:00:00Z"), quarterly)).toBe(
      at("2026-10-15T00:00:00Z"),
    );
  });
});
