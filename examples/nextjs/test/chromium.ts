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

/** The installed Chrome or Chromium, without a window. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("No Chrome or Chromium found; npm test can get one.");
  return chromium.launch({ executablePath, args: quiet });
}
