import { describe, expect, it } from "vitest";
import { addUp } from "./test-counts.mjs";

describe("addUp", () => {
  it("sums the counts of the runs that report some", () => {
    const steps = [
      { code: 0 },
      { code: 0, report: { passed: 4, failed: 0 } },
      { code: 1, report: { passed: 2, failed: 3 } },
    ];
    expect(addUp(steps)).toEqual({ passed: 6, failed: 3 });
  });

  it("counts a step without tests that failed as 1 failure", () => {
    expect(addUp([{ code: 2 }, { code: 0, report: { passed: 5, failed: 0 } }])).toEqual({
      passed: 5,
      failed: 1,
    });
  });

  it("counts a run that ended before its report as 1 failure", () => {
    expect(addUp([{ code: 1, report: null }])).toEqual({ passed: 0, failed: 1 });
  });
});
