import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { cards, payWith, signUp } from "./person.js";
import { shownTexts, watchText } from "./watch.js";

const example = exampleForFile();
const content = "A whole paragraph";
const fallback = "Upgrade to Pro";

describe("a gate", () => {
  it("never shows its content to a person on Free, nor its fallback from the purchase on", async () => {
    const page = await example.openPage();
    await watchText(page);
    await signUp(page, example);
    await wander(page);
    const onFree = await gateTexts(page);
    expect(onFree.at(-1)).toContain(fallback);
    expect(onFree.filter((text) => text.includes(content))).toEqual([]);

    await page.getByRole("button", { name: fallback }).click();
    await payWith(page, cards.pays);
    await page.waitForURL(`${example.url}/dashboard`);
    await page.goBack(); // Stripe's page
    await page.goBack(); // the dashboard, as it was before the purchase
    await page.waitForURL(`${example.url}/dashboard`);
    await page.getByText("Pro · 2,000 of 2,000 messages left").waitFor();
    await wander(page);
    const onPro = (await gateTexts(page)).slice(onFree.length);
    expect(onPro.at(-1)).toContain(content);
    expect(onPro.filter((text) => text.includes(fallback))).toEqual([]);
  });
});

/** Reload; back and forward within the app; back and forward between whole documents. Ends on the dashboard. */
async function wander(page: Page) {
  const dashboard = page.getByRole("heading", { name: "The thorough editor" });
  const billing = page.getByRole("heading", { name: "Billing" });
  await page.reload();
  await dashboard.waitFor();
  await page.getByRole("link", { name: "Billing" }).click();
  await billing.waitFor();
  await page.goBack();
  await dashboard.waitFor();
  await page.goForward();
  await billing.waitFor();
  await page.goto(`${example.url}/dashboard`);
  await dashboard.waitFor();
  await page.goto(`${example.url}/billing`);
  await billing.waitFor();
  await page.goBack();
  await dashboard.waitFor();
  await page.goForward();
  await billing.waitFor();
  await page.goBack();
  await dashboard.waitFor();
  await page.waitForLoadState("networkidle");
}

/** What the dashboard has shown, in order. */
async function gateTexts(page: Page) {
  const texts = await shownTexts(page);
  return texts.filter((text) => text.includes("The thorough editor"));
}
