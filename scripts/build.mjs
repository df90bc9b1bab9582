import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, isUpToDate, leaveStamp } from "./fingerprint.mjs";
import { binary, exampleFolder, run } from "./workspace.mjs";

/** Compiles the packages; what has not changed is not compiled again. Resolves to an exit code. */
export function buildPackages() {
  return run(binary("tsc"), ["-b"]);
}

/**
 * Makes the example's production build, unless there is one of these sources. Resolves to an exit code.
 * @param {{ distDir: string }} options relative to the example
 */
export async function buildExample({ distDir }) {
  const folder = join(exampleFolder, distDir);
  const stamp = join(folder, "built-from");
  const sources = ["packages", "examples/nextjs", "pnpm-lock.yaml"];
  const current = fingerprint(sources, [process.version, distDir]);
  if (isUpToDate(stamp, current) && existsSync(join(folder, "BUILD_ID"))) return 0;
  console.log("Building the example; until it changes, this is done once …");
  const code = await run(binary("next", exampleFolder), ["build"], {
    cwd: exampleFolder,
    // Never used: the server that starts has a secret of its own.
    env: { NEXT_DIST_DIR: distDir, BETTER_AUTH_SECRET: randomUUID(), BETTER_AUTH_URL: "http://127.0.0.1" },
  });
  if (code === 0) leaveStamp(stamp, current);
  return code;
}
