/** `npm test`: everything that has to hold, from a fresh clone to one closing line. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildExample, buildPackages } from "./build.mjs";
import { getChromium } from "./chromium.mjs";
import { install } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { checkSnippets } from "./snippets.mjs";
import { addUp, readReport } from "./test-counts.mjs";
import { binary, root, run } from "./workspace.mjs";

/** @typedef {{ code: number, report?: ReturnType<typeof readReport> }} Outcome */

/** @type {{ name: string, run: () => Promise<Outcome>, isVital?: boolean }[]} */
const steps = [
  { name: "install", run: async () => ({ code: await install({ always: true }) }), isVital: true },
  { name: "build", run: async () => ({ code: await buildPackages() }) },
  { name: "types", run: checkTypes },
  { name: "lint", run: () => tool("biome", ["check", "."]) },
  {
    name: "boundaries",
    run: () => tool("depcruise", ["--config", ".dependency-cruiser.cjs", "packages", "examples"]),
  },
  { name: "sizes", run: () => tool("size-limit", [], join(root, "packages", "react")) },
  { name: "code in the READMEs", run: async () => ({ code: await checkSnippets() }) },
  { name: "unit, integration, component", run: () => vitest(["unit", "integration", "component*"]) },
  { name: "example's build", run: async () => ({ code: await buildExample({ distDir: ".next-test" }) }) },
  { name: "browser", run: testInBrowser },
];

requireNode();
/** @type {(Outcome & { name: string, seconds: number })[]} */
const results = [];
for (const step of steps) {
  console.log(`\n── ${step.name}`);
  const startedAt = performance.now();
  const outcome = await step.run();
  results.push({ ...outcome, name: step.name, seconds: (performance.now() - startedAt) / 1000 });
  if (step.isVital && outcome.code !== 0) break;
}
close();

async function checkTypes() {
  let code = 0;
  for (const project of [
    "tsconfig.check.json",
    "scripts",
    "examples/nextjs/test",
    "packages/react/registered",
  ]) {
    code = Math.max(code, (await tool("tsc", ["-p", project])).code);
  }
  return { code };
}

async function testInBrowser() {
  const chromium = await getChromium();
  return chromium === null ? { code: 1 } : vitest(["browser"], { PAYKIT_CHROMIUM: chromium });
}

/**
 * @param {readonly string[]} projects
 * @param {Record<string, string>} [env]
 * @returns {Promise<Outcome>}
 */
async function vitest(projects, env = {}) {
  const path = join(mkdtempSync(join(tmpdir(), "paykit-test-")), "report.json");
  const chosen = projects.flatMap((project) => ["--project", project]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
  const args = ["run", "--config", "vitest.workspace.ts", ...chosen, ...reporters];
  const code = await run(binary("vitest"), args, { env });
  const report = readReport(path);
  // The report counts, too: a program that a test starts may bend the exit code.
  const isGood = code === 0 && report !== null && report.failed === 0;
  return { code: isGood ? 0 : Math.max(code, 1), report };
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {string} [folder] where it runs and whose dependency it is
 * @returns {Promise<Outcome>}
 */
async function tool(name, args, folder = root) {
  return { code: await run(binary(name, folder), args, { cwd: folder }) };
}

/** Says how long each step took and which failed; the counts stand alone on the last line. */
function close() {
  console.log("");
  for (const { name, seconds, code } of results) {
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(30)} ${seconds.toFixed(1).padStart(6)} s`);
  }
  const failedSteps = results.filter(({ code }) => code !== 0).map(({ name }) => name);
  if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join("; ")}`);
  // Named once more where the eye, and whoever keeps only the end of a log, finds them.
  for (const line of results.flatMap(({ report }) => report?.failures ?? []).slice(0, 20)) {
    console.log(`  ${line}`);
  }
  const { passed, failed } = addUp(results);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
