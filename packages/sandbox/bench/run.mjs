#!/usr/bin/env node
/** Runs the benchmark, which is TypeScript like everything else. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

await runnerImport(fileURLToPath(new URL("advance-a-year.ts", import.meta.url)), {
  configFile: false,
  logLevel: "error",
});
