import type { Page } from "playwright";

/**
 * Writes down every text that the page's main part shows from now on, from the first byte of each document: what it reads
 * after every change of the DOM, hydration included. Loads, reloads, back and forward go on with the same list.
 */
export async function watchText(page: Page) {
  await page.addInitScript(() => {
    const shown: string[] = JSON.parse(sessionStorage.getItem("shown") ?? "[]");
    const look = () => {
      const text = document.querySelector("main")?.textContent.trim();
      if (!text || shown.at(-1) === text) return;
      shown.push(text);
      sessionStorage.setItem("shown", JSON.stringify(shown));
    };
    new MutationObserver(look).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
    });
  });
}

/** Every text that the tab has shown on this origin, in order. */
export async function shownTexts(page: Page): Promise<string[]> {
  return JSON.parse((await page.evaluate(() => sessionStorage.getItem("shown"))) ?? "[]");
}

/** What the page's main part says now. */
export async function mainText(page: Page) {
  return (await page.locator("main").textContent()) ?? "";
}
