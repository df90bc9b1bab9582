import type { TestProject } from "vitest/node";
import { buildExample } from "../../../scripts/build.mjs";
import { distDir, startExample } from "./example.js";

/** Where a running example and its sandbox are. */
interface RunningExample {
  url: string;
  sandboxUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** As users run it, and with time travel, which puts each customer on a clock of its own. */
    examples: { plain: RunningExample; timeTravel: RunningExample };
  }
}

/** Builds the example and starts it twice for the whole run: each test has people of its own, so they share the servers. */
export default async function setup(project: TestProject) {
  if ((await buildExample({ distDir })) !== 0) throw new Error("The example does not build.");
  const [plain, timeTravel] = await Promise.all([startExample(), startExample({ timeTravel: true })]);
  project.provide("examples", {
    plain: { url: plain.url, sandboxUrl: plain.sandboxUrl },
    timeTravel: { url: timeTravel.url, sandboxUrl: timeTravel.sandboxUrl },
  });
  return () => Promise.all([plain.close(), timeTravel.close()]);
}
