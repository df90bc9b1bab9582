import { type Browser, chromium } from "playwright";
import { findChromium } from "../../../scripts/chromium.mjs";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * The installed Chrome or Chromium, without a window. Playwright turns the cache off that keeps a page as it is for Back;
 * `keepsPages` leaves it on.
 */
export async function launchChromium({ keepsPages = false } = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("No Chrome or Chromium found; npm test can get one.");
  const ignoreDefaultArgs = keepsPages ? ["--disable-back-forward-cache"] : [];
  return chromium.launch({ executablePath, args: quiet, ignoreDefaultArgs });
}
