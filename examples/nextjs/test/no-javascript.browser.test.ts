import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "./chromium.js";
import { type Example, startExample } from "./example.js";
import { buyPro } from "./person.js";
import { mainText } from "./watch.js";

let example: Example;
let browser: Browser;

beforeAll(async () => {
  [example, browser] = await Promise.all([startExample(), launchChromium()]);
});
afterAll(() => Promise.all([example?.close(), browser?.close()]));

describe("a browser without JavaScript", () => {
  it("signs up, buys Pro, and sends a message", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await buyPro(page, example);
    await page.getByRole("button", { name: "Send message" }).first().click();
    await page.waitForLoadState();
    const main = await mainText(page);
    expect(main).toContain("Pro · 1,999 of 2,000 messages left");
    expect(main).toContain("I wanted to say that the plan is good.");
    await context.close();
  });
});
