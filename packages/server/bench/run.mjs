#!/usr/bin/env node
/**
 * Compiles the benchmark, which is TypeScript like everything else, and runs the result as an app runs a build: by Node
 * alone, with no loader in between that would be measured along.
 */
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
// Below this package, so that what is not compiled along is found from there.
const outDir = join(here, `../node_modules/.bench-${process.pid}`);
try {
  await build({
    root: here,
    configFile: false,
    logLevel: "error",
    ssr: { resolve: { conditions: ["@paykit/source", "node"] } },
    build: { ssr: join(here, "bench.ts"), outDir, target: "node20", minify: false, emptyOutDir: true },
  });
  const { bench } = await import(pathToFileURL(join(outDir, "bench.js")).href);
  await bench(process.argv.slice(2), join(here, "results.json"));
} finally {
  await rm(outDir, { recursive: true, force: true });
}
