import { describe, expect, it } from "vitest";
import { layPhases, scheduledCancelAt, schedulePosition } from "./schedule-phases.js";

const at = (iso: string) => Date.parse(iso) / 1_000;
const monthly = { interval: "month", intervalCount: 1 } as const;
const start = at("2026-01-31T00:00:00Z");
const phases = layPhases(start, [
  { endAt: at("2026-02-28T00:00:00Z"), price: monthly },
  { duration: { interval: "month", intervalCount: 2 }, price: monthly },
  { price: monthly },
]);

describe("layPhases", () => {
  it("lays phases end to end: to a date, for two months, for one interval of the price", () => {
    expect(phases).toEqual([
      { start, end: at("2026-02-28T00:00:00Z") },
      { start: at("2026-02-28T00:00:00Z"), end: at("2026-04-28T00:00:00Z") },
      { start: at("2026-04-28T00:00:00Z"), end: at("2026-05-28T00:00:00Z") },
    ]);
  });
});

describe("schedulePosition", () => {
  it("waits, runs through its phases, and then lets go or completes", () => {
    expect(schedulePosition(phases, "release", start - 1)).toEqual({ status: "not_started", phase: null });
    expect(schedulePosition(phases, "release", start)).toEqual({ status: "active", phase: 0 });
    expect(schedulePosition(phases, "release", at("2026-02-28T00:00:00Z"))).toEqual({
      status: "active",
      phase: 1,
    });
    expect(schedulePosition(phases, "release", at("2026-05-28T00:00:00Z")).status).toBe("released");
    expect(schedulePosition(phases, "cancel", at("2026-05-28T00:00:00Z")).status).toBe("completed");
  });
});

describe("scheduledCancelAt", () => {
  it("is set only in the last phase of a schedule that cancels", () => {
    const last = at("2026-05-01T00:00:00Z");
    expect(scheduledCancelAt(phases, "cancel", last)).toBe(at("2026-05-28T00:00:00Z"));
    expect(scheduledCancelAt(phases, "cancel", start)).toBeNull();
    expect(scheduledCancelAt(phases, "release", last)).toBeNull();
  });
});
