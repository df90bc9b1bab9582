import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { galleryForFile } from "./gallery-for-file.js";
import { signUp } from "./person.js";

const example = exampleForFile({ keepsPages: true });
const gallery = galleryForFile();

declare global {
  interface Window {
    /** Set on the page that is left, and so still there when it is the same page again. */
    wasLeft?: boolean;
  }
}

describe("a page that the browser kept as it was", () => {
  it("has a live button when Back brings it back from checkout", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    await gallery.mount(page, example.url);
    await page.goto(`${example.url}/gallery/purchase`);
    const button = page.getByRole("button", { name: "Upgrade to Pro" });
    await page.evaluate(() => {
      window.wasLeft = true;
    });
    await button.click();
    await page.getByLabel("Card number").waitFor();
    await page.evaluate(() => {
      setTimeout(() => history.back()); // the page that would answer is gone by then
    });
    await page.waitForURL(/purchase$/, { waitUntil: "commit" });
    expect(await page.evaluate(() => window.wasLeft)).toBe(true);
    await button.and(page.locator("[aria-busy=false]")).waitFor();
    await button.click();
    await page.getByLabel("Card number").waitFor();
  });
});
