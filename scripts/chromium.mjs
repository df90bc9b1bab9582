import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { binary, exampleFolder, run } from "./workspace.mjs";

const names = [
  "google-chrome",
  "google-chrome-stable",
  "chromium",
  "chromium-browser",
  "chrome",
  "chrome.exe",
  "microsoft-edge",
  "msedge.exe",
];

const usualPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  "/opt/google/chrome/chrome",
  "/usr/lib/chromium/chromium",
  "/snap/bin/chromium",
];

/**
 * The path of a Chrome or Chromium on this machine: what PAYKIT_CHROMIUM names, else on PATH, in the usual places, or
 * downloaded by Playwright. Null when there is none.
 * @returns {string | null}
 */
export function findChromium() {
  const named = process.env.PAYKIT_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces, downloadedPath()].find((path) => path && existsSync(path)) ?? null;
}

/**
 * `findChromium`, and when there is none, gets one: Playwright's own download, or Debian's package where we may install
 * it. Null, after saying what to install, when nothing worked.
 * @returns {Promise<string | null>}
 */
export async function getChromium() {
  const found = findChromium();
  if (found || process.env.PAYKIT_CHROMIUM) return found ?? explain("PAYKIT_CHROMIUM names no file.");
  console.log("No Chrome or Chromium found; downloading one with Playwright.");
  const withLibraries = mayUseApt() ? ["--with-deps"] : [];
  await run(binary("playwright", exampleFolder), ["install", ...withLibraries, "chromium"], {
    timeoutMs: 300_000,
  });
  if (findChromium()) return findChromium();
  if (mayUseApt()) {
    console.log("Installing Debian's chromium.");
    await run("apt-get", ["update"], { output: "ignore" });
    await run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"]);
  }
  return (
    findChromium() ??
    explain("The browser tests need Chrome or Chromium, and none could be found or downloaded.")
  );
}

function downloadedPath() {
  try {
    return createRequire(join(exampleFolder, "package.json"))("playwright").chromium.executablePath();
  } catch {
    return null;
  }
}

function mayUseApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  // Ubuntu's package of this name only starts a snap, which containers do not have.
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** @param {string} problem */
function explain(problem) {
  console.error(`${problem}
Install Google Chrome or Chromium (Debian: apt-get install chromium; macOS: brew install --cask google-chrome), or set
PAYKIT_CHROMIUM to the path of its program, and run npm test again.`);
  return null;
}
