import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds the workspace's package.json. */
export const root = fileURLToPath(new URL("..", import.meta.url));

export const exampleFolder = join(root, "examples", "nextjs");

/** pnpm comes through npx at this version, so that a machine with only Node and npm can do everything. */
export const pnpm = "pnpm@10.34.9";

const isWindows = process.platform === "win32";

/**
 * The path of a command that a dependency brings.
 * @param {string} name
 * @param {string} [folder] whose dependency it is
 */
export function binary(name, folder = root) {
  return join(folder, "node_modules", ".bin", isWindows ? `${name}.cmd` : name);
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Starts a program without standard input, so that nothing can wait for an answer.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, output?: "inherit" | "pipe" | "ignore", timeoutMs?: number }} [options]
 */
export function start(command, args, { cwd = root, env = {}, output = "inherit", timeoutMs } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", output, output],
    shell: isWindows,
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end. Resolves to its exit code, 127 when it could not be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof start>[2]} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options) {
  return new Promise((resolve) => {
    const child = start(command, args, options);
    child.once("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Ends every program that `start` and `run` started and that still runs, and resolves when they have ended. */
export async function stopAll() {
  await Promise.all(
    [...running].map((child) => {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      return ended;
    }),
  );
}
