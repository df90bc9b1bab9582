import { existsSync, readFileSync } from "node:fs";

/**
 * The numbers that close a run of all steps. A step that failed without counting a failed test (the linter, a build, a
 * test file that does not load) counts as one failure, so that the line never says "0 failed" beside an error.
 * @param {readonly { code: number, report?: { passed: number, failed: number } | null }[]} steps
 */
export function addUp(steps) {
  return steps.reduce(
    (sum, { code, report }) => ({
      passed: sum.passed + (report?.passed ?? 0),
      failed: sum.failed + Math.max(report?.failed ?? 0, code === 0 ? 0 : 1),
    }),
    { passed: 0, failed: 0 },
  );
}

/**
 * The counts in a report of Vitest's JSON reporter; null when the run ended before it wrote one.
 * @param {string} path
 */
export function readReport(path) {
  if (!existsSync(path)) return null;
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(path, "utf8"));
  return { passed: Number(numPassedTests), failed: Number(numFailedTests) };
}
