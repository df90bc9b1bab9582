import { describe, expect, it } from "vitest";
import { withDates } from "./with-dates.js";

const noon = "2026-03-01T12:00:00.000Z";

describe("withDates", () => {
  it("makes dates of instants at every depth, and of nothing else", () => {
    const wire = {
      createdAt: noon,
      name: noon,
      endsAt: null,
      cancelAtPeriodEnd: true,
      next: { at: noon, total: 1 },
      lines: [{ trialEnd: noon }],
    };
    expect(withDates(wire)).toEqual({
      createdAt: new Date(noon),
      name: noon,
      endsAt: null,
      cancelAtPeriodEnd: true,
      next: { at: new Date(noon), total: 1 },
      lines: [{ trialEnd: new Date(noon) }],
    });
  });
});
