import { readFile, rm, writeFile } from "node:fs/promises";
import { PayKitError } from "../contract/index.js";

/**
 * Claims the embedded database's files for this process: two processes that write them at once would destroy them. What a
 * process that is gone has left behind is taken over. Errors: DATABASE_UNAVAILABLE.
 */
export async function lockEmbedded(directory: string): Promise<void> {
  const file = lockOf(directory);
  const holder = await readHolder(file);
  if (holder !== null && holder !== process.pid && isRunning(holder)) {
    throw new PayKitError(
      "DATABASE_UNAVAILABLE",
      `Process ${holder} has the embedded database in ${directory} open, and only one process can. Stop it, or set \`database\` to a Postgres URL. If there is no such process, delete ${file}.`,
    );
  }
  await writeFile(file, String(process.pid));
}

export async function unlockEmbedded(directory: string): Promise<void> {
  await rm(lockOf(directory), { force: true });
}

function lockOf(directory: string): string {
  return `${directory}.lock`;
}

async function readHolder(file: string): Promise<number | null> {
  try {
    return Number(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
