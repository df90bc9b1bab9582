import { randomUUID } from "node:crypto";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { tabStops } from "./keyboard.js";

const example = exampleForFile();

describe("a person with only a keyboard", () => {
  it("signs up, upgrades, pays, writes, and cancels", async () => {
    const page = await example.openPage();
    await page.goto(`${example.url}/sign-up`);
    await tabTo(page, "textbox", "Name");
    await type(page, "Robin", `${randomUUID()}@example.com`, "correct horse");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${example.url}/dashboard`);

    await tabTo(page, "button", /Upgrade to Pro/);
    await page.keyboard.press("Enter");
    await tabTo(page, "textbox", "Card number");
    await type(page, "4242 4242 4242 4242", "12 / 34", "123");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${example.url}/dashboard`);
    await page.getByText("Pro · 2,000 of 2,000 messages left").waitFor();

    await tabTo(page, "button", "Send message");
    await page.keyboard.press("Space");
    await page.getByText("Pro · 1,999 of 2,000 messages left").waitFor();

    await tabTo(page, "link", "Pricing");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#pricing$/);
    await tabTo(page, "button", /^Cancel on/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Resume" }).waitFor();
    expect(await tabStops(page)).toContain("button Resume");
  });
});

/** Presses Tab until the focus is on it. */
async function tabTo(page: Page, role: "button" | "link" | "textbox", name: string | RegExp) {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  const isFocused = () => wanted.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await isFocused()); presses += 1) {
    if (presses > 60) throw new Error(`Tab does not reach ${name}.`);
    await page.keyboard.press("Tab");
  }
}

/** Fills one field after the other. */
async function type(page: Page, ...texts: string[]) {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  }
}
