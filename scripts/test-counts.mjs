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
 * What a report of Vitest's JSON reporter says: the counts, and a line for each test that failed, or file that could not
 * run; null when the run ended before it wrote one.
 * @param {string} path
 */
export function readReport(path) {
  if (!existsSync(path)) return null;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, "utf8"));
  return {
    passed: Number(numPassedTests),
    failed: Number(numFailedTests),
    failures: namesOf(testResults ?? []),
  };
}

/** @typedef {{ status: string, fullName: string, failureMessages: string[] | null }} Assertion */

/** @param {readonly { name: string, status: string, message: string, assertionResults: Assertion[] }[]} files */
function namesOf(files) {
  return files.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((assertion) => assertion.status === "failed");
    // A hook that threw or an import that failed: the file failed, and none of its tests did.
    if (failed.length === 0) return status === "failed" ? [lineOf([name, message])] : [];
    return failed.map(({ fullName, failureMessages }) =>
      lineOf([name, fullName, failureMessages?.[0] ?? "no message"]),
    );
  });
}

/** @param {readonly string[]} parts */
function lineOf([file = "", ...texts]) {
  const [first = "", ...others] = texts.map((text) => text.split("\n", 1)[0] ?? "");
  return [`${file.split("/").slice(-2).join("/")}: ${first}`, ...others].join(": ").slice(0, 300);
}
