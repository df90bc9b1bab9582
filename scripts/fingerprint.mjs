import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./workspace.mjs";

/** What is made from the sources, or is no part of what is built from them. */
const leftOut =
  /^(node_modules|dist|test|coverage|\.paykit|\.next.*|\.snippets|next-env\.d\.ts|.*\.tsbuildinfo|.*\.md|.*\.test\.tsx?|\.env.*)$/;

/**
 * One hash over the contents of files and folders.
 * @param {readonly string[]} paths relative to the workspace
 * @param {readonly string[]} [more] anything else that the result depends on
 */
export function fingerprint(paths, more = []) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesIn(join(root, path)))) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  for (const part of more) hash.update(part).update("\0");
  return hash.digest("hex");
}

/**
 * Whether the stamp, a file beside what was made, was left for this fingerprint.
 * @param {string} stamp
 * @param {string} current
 */
export function isUpToDate(stamp, current) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === current;
}

/**
 * @param {string} stamp
 * @param {string} current
 */
export function leaveStamp(stamp, current) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !leftOut.test(name));
  return names.sort().flatMap((name) => filesIn(join(path, name)));
}
