/** Runs a TypeScript module in a process of its own: `node run-typescript.mjs <file> [arguments]` calls its `main`. */
import { runnerImport } from "vite";

const [, , file, ...args] = process.argv;
const { module } = await runnerImport(file, {
  configFile: false,
  logLevel: "error",
  resolve: { conditions: ["@paykit/source", "node"] },
  ssr: { resolve: { conditions: ["@paykit/source", "node"] } },
});
await module.main(...args);
