import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { expect } from "vitest";

/**
 * How a page is looked at: the narrowest phone, 200 % zoom of a screen 1280 px wide (which is 640 px at twice the density),
 * and that screen itself. What axe says of colours changes with the scheme, of sizes with the width: two passes see all.
 */
const views = [
  { colorScheme: "light", width: 320, isForAxe: true },
  { colorScheme: "light", width: 640, isForAxe: false },
  { colorScheme: "dark", width: 1280, isForAxe: true },
] as const;

/** Twice the density: for sharp pictures, and so that 640 px are a zoom of 200 %. */
export const dense = { deviceScaleFactor: 2 };

/** No finding of axe, no scrolling sideways, and nothing cut, in each view. */
export async function inspect(page: Page, name: string) {
  for (const { colorScheme, width, isForAxe } of views) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const where = `${name}, ${colorScheme}, ${width} px`;
    if (isForAxe) expect(await findFaults(page), where).toEqual([]);
    expect(await findCut(page), where).toEqual([]);
  }
}

async function findFaults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`);
}

/** What reaches beyond the window or is wider than the box that cuts it off, one line each. */
function findCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const cut = scrollWidth > clientWidth ? [`the page: ${scrollWidth} of ${clientWidth} px`] : [];
    for (const element of document.querySelectorAll("body *")) {
      const { left, right } = element.getBoundingClientRect();
      const isForReadersOnly = element.clientWidth === 1;
      const hides = getComputedStyle(element).overflowX !== "visible" && !isForReadersOnly;
      const isCut = hides && element.scrollWidth > element.clientWidth;
      if (isCut || left < 0 || right > clientWidth) cut.push(element.outerHTML.slice(0, 80));
    }
    return cut;
  });
}
