import type { Page } from "playwright";

declare global {
  interface Window {
    shown: string[];
  }
}

/**
 * Writes down every text that the page's main part shows from now on, from the first byte of each document: what it reads
 * after every change of the DOM, hydration included.
 */
export async function watchText(page: Page) {
  await page.addInitScript(() => {
    window.shown = [];
    const look = () => {
      const text = document.querySelector("main")?.textContent.trim();
      if (text && window.shown.at(-1) !== text) window.shown.push(text);
    };
    new MutationObserver(look).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
    });
  });
}

/** Every text that the current document has shown, in order. */
export function shownTexts(page: Page) {
  return page.evaluate(() => window.shown);
}

/** What the page's main part says now. */
export async function mainText(page: Page) {
  return (await page.locator("main").textContent()) ?? "";
}
