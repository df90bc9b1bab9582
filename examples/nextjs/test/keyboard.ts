import type { Page } from "playwright";

/**
 * What the Tab key reaches from the top of the page, in order: role and name, as a screen reader says them. Each stop has to
 * be seen: one without an outline is marked.
 */
export async function tabStops(page: Page): Promise<string[]> {
  const stops: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await describeFocus(page);
    if (stop === null) return stops;
    stops.push(stop);
  }
}

/** Null when the focus has left the page, or is back at where it began. */
async function describeFocus(page: Page) {
  const focused = page.locator(":focus").first();
  if ((await focused.count()) === 0) return null;
  const isSeen = await focused.evaluate((element) => {
    if (element.hasAttribute("data-was-reached")) return null;
    element.setAttribute("data-was-reached", "");
    return getComputedStyle(element).outlineStyle !== "none";
  });
  if (isSeen === null) return null;
  const tree = (await focused.ariaSnapshot()).split("\n")[0] ?? "";
  return `${isSeen ? "" : "unseen: "}${readable(tree)}`;
}

/** `- button "Upgrade" [disabled]:` as `button Upgrade`. */
function readable(line: string) {
  const [, role = line, name = ""] = /^- (\w+)(?: "(.*?)")?/.exec(line) ?? [];
  return `${role} ${name}`.trim();
}
