import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Sandbox, SandboxState } from "./create-sandbox.js";

const SOON_MS = 200;

/** Takes a sandbox's state from a file, and writes it back soon after every change and when it is closed. */
export function keepInFile(sandbox: Sandbox, file: string): { flush: () => void } {
  const state = read(file);
  if (state !== null) sandbox.restore(state);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    write(file, sandbox.save());
  };
  sandbox.onChange(() => {
    timer ??= setTimeout(flush, SOON_MS);
    timer.unref();
  });
  return { flush };
}

function read(file: string): SandboxState | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const state = JSON.parse(text) as SandboxState;
  if (state.version !== 2)
    throw new Error(`${file} was not written by this version of the sandbox; delete it to begin anew.`);
  return state;
}

/** Whole or not at all: a file that is half written would lose everything. */
function write(file: string, state: SandboxState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
