#!/usr/bin/env node
/** Loads the benchmark, which is TypeScript like everything else. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const { module } = await runnerImport(join(here, "bench.ts"), {
  root: here,
  configFile: false,
  logLevel: "error",
  ssr: { resolve: { conditions: ["@paykit/source", "node"] } },
});
await module.bench(process.argv.slice(2));
