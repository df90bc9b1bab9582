import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { type GalleryState, stateNames, states } from "./gallery/states.js";
import { galleryForFile } from "./gallery-for-file.js";
import { dense, inspect } from "./inspect.js";
import { tabStops } from "./keyboard.js";
import { mainText } from "./watch.js";

const example = exampleForFile();
const gallery = galleryForFile();

describe.each(stateNames)("every component, %s", (name) => {
  const { says, hides, tabStops: expected }: GalleryState = states[name];

  it("says what it has to, is reached by Tab in order, and has nothing cut and nothing that axe objects to", async () => {
    const page = await openGallery(`showcase?state=${name}`);
    const text = await mainText(page);
    expect(says.filter((sentence) => !text.includes(sentence))).toEqual([]);
    expect(hides.filter((sentence) => text.includes(sentence))).toEqual([]);
    expect(await tabStops(page)).toEqual(expected);
    await inspect(page, name);
  });
});

describe("every component in Arabic", () => {
  it("has nothing cut and nothing that axe objects to, from right to left", async () => {
    const page = await openGallery("showcase?state=past-due&locale=ar");
    await page.getByText("تعذّر الدفع").waitFor();
    await inspect(page, "Arabic");
  });
});

describe("a button under the keyboard", () => {
  it("says aloud that the network is down, keeps the focus, and is busy while Enter is under way", async () => {
    const page = await openGallery("showcase?state=active");
    const button = page.getByRole("button", { name: "Buy 500 credits" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("No connection. Please try again.").waitFor();
    expect(await button.getAttribute("aria-busy")).toBe("false");
    await inspect(page, "a failed command");

    await page.keyboard.press("Enter"); // it still has the focus
    await page.getByRole("button", { name: "Buy 500 credits", disabled: true }).waitFor();
    expect(await button.getAttribute("aria-busy")).toBe("true");
  });

  it("shows yearly prices on the arrow key", async () => {
    const page = await openGallery("showcase?state=free");
    await page.getByRole("radio", { name: "Per month" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("$190.00 per year").waitFor();
  });
});

/** With its data there: nothing is said to be busy, except in the state that waits forever. */
async function openGallery(path: string): Promise<Page> {
  const page = await example.openPage(dense);
  await gallery.mount(page, example.url);
  await page.goto(`${example.url}/gallery/${path}`);
  await page.locator("h1").waitFor();
  if (!path.includes("pending")) {
    await page.locator("[data-paykit=invoice-list][aria-busy=false]").waitFor();
  }
  return page;
}
