import { join } from "node:path";
import { fingerprint, isUpToDate, leaveStamp } from "./fingerprint.mjs";
import { pnpm, root, run } from "./workspace.mjs";

/**
 * Installs what the lockfile says, unless that is what this command installed last. Resolves to an exit code.
 * @param {{ always?: boolean }} [options]
 */
export async function install({ always = false } = {}) {
  const stamp = join(root, "node_modules", ".paykit-installed");
  const current = fingerprint(["pnpm-lock.yaml", "pnpm-workspace.yaml"], [process.version]);
  if (!always && isUpToDate(stamp, current)) return 0;
  console.log("Installing dependencies …");
  const code = await run("npx", ["--yes", pnpm, "install", "--frozen-lockfile"]);
  if (code === 0) leaveStamp(stamp, current);
  return code;
}
