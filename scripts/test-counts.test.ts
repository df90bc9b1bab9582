import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addUp, readReport } from "./test-counts.mjs";

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

describe("readReport", () => {
  it("names each failed test, and each file that could not run, with the first line of its message", () => {
    const path = join(mkdtempSync(join(tmpdir(), "paykit-report-")), "report.json");
    const passed = { status: "passed", fullName: "sum adds", failureMessages: [] };
    const failed = {
      status: "failed",
      fullName: "sum carries",
      failureMessages: ["expected 11 to be 12\n at 3:1"],
    };
    const testResults = [
      { name: "/app/src/sum.test.ts", status: "failed", message: "", assertionResults: [passed, failed] },
      { name: "/app/src/hook.test.ts", status: "failed", message: "No database\n", assertionResults: [] },
      { name: "/app/src/fine.test.ts", status: "passed", message: "", assertionResults: [passed] },
    ];
    writeFileSync(path, JSON.stringify({ numPassedTests: 2, numFailedTests: 1, testResults }));
    expect(readReport(path)).toEqual({
      passed: 2,
      failed: 1,
      failures: ["src/sum.test.ts: sum carries: expected 11 to be 12", "src/hook.test.ts: No database"],
    });
  });

  it("is null when there is no report", () => {
    expect(readReport(join(tmpdir(), "no-such-report.json"))).toBeNull();
  });
});
