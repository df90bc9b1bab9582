import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright";

const folder = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

/** Set to 1, the pictures of the documentation are taken again. */
const takesPictures = process.env.PAYKIT_PICTURES === "1";

/** The whole page as a person sees it, light and dark, on a phone and on a wide screen. */
export async function takePictures(page: Page, name: string) {
  if (!takesPictures) return;
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [320, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 640 });
      // A window as high as the page, so that what sticks to its end is at the page's.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height });
      const path = `${folder}${name}-${colorScheme}-${width}.png`;
      await page.screenshot({ path, scale: "css", animations: "disabled" });
    }
  }
}

/** One part of the page, light and dark, as sharp as the screen is: for the READMEs. */
export async function takePartPictures(page: Page, selector: string, name: string) {
  if (!takesPictures) return;
  await page.setViewportSize({ width: 1060, height: 800 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const clip = await page.locator(selector).evaluate((element) => {
      const margin = 24;
      const { x, y, width, height } = element.getBoundingClientRect();
      const top = y + scrollY - margin;
      return { x: x - margin, y: top, width: width + 2 * margin, height: height + 2 * margin };
    });
    const path = `${folder}${name}-${colorScheme}.png`;
    await page.screenshot({ path, clip, fullPage: true, animations: "disabled" });
  }
}
