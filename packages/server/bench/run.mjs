#!/usr/bin/env node
/** Loads the benchmark, which is TypeScript like everything else. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer, createServerModuleRunner } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const server = await createServer({
  root: here,
  configFile: false,
  logLevel: "error",
  appType: "custom",
  server: { middlewareMode: true, ws: false, watch: null },
  ssr: { resolve: { conditions: ["@paykit/source", "node"] } },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
try {
  const { bench } = await runner.import(join(here, "bench.ts"));
  await bench(process.argv.slice(2));
} finally {
  await runner.close();
  await server.close();
}
