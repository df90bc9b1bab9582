import type { Page } from "playwright";
import { beforeEach, describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { dense, inspect } from "./inspect.js";
import { buyPro, cards, payWith, signUp, upgrade } from "./person.js";
import { takePictures } from "./pictures.js";
import { mainText, shownTexts, watchText } from "./watch.js";

const example = exampleForFile();
let page: Page;

beforeEach(async () => {
  page = await example.openPage(dense);
});

describe("a new person", () => {
  it("is on Free with 100 of 100 messages, in the server's HTML and in everything that is shown", async () => {
    await signUp(page, example);
    const answer = await page.request.get(`${example.url}/dashboard`);
    expect(textOf(await answer.text())).toContain("Free · 100 of 100 messages left");

    await watchText(page);
    await page.goto(`${example.url}/dashboard`, { waitUntil: "networkidle" });
    const shown = await shownTexts(page);
    expect(shown.at(-1)).toContain("Free · 100 of 100 messages left");
    expect(shown.filter((text) => text.includes("A whole paragraph"))).toEqual([]);
  });

  it("reads why a card was declined, and pays with the next one", async () => {
    await signUp(page, example);
    await page.getByRole("button", { name: "Upgrade to Pro" }).click();
    await payWith(page, cards.declines);
    expect(await page.getByRole("alert").textContent()).toContain("declined");
    await payWith(page, cards.pays);
    await page.waitForURL(`${example.url}/dashboard`);
    await page.getByText("Pro · 2,000 of 2,000 messages left").waitFor();
  });
});

describe("the first paint after checkout", () => {
  it("says Pro and shows the pro area while the webhooks are held back for 30 seconds", async () => {
    await example.disturbWebhooks({ delayMs: 30_000 });
    await signUp(page, example);
    await watchText(page);
    await upgrade(page, example);
    await page.waitForLoadState("networkidle");
    const shown = await shownTexts(page);
    expect(shown.at(-1)).toContain("A whole paragraph");
    expect(shown.filter((text) => text.includes("Free ·"))).toEqual([]);
    expect(shown.filter((text) => text.includes("Upgrade to Pro"))).toEqual([]);
  });
});

describe("a person on Pro", () => {
  it("has 1,999 of 2,000 messages left after sending one", async () => {
    await buyPro(page, example);
    await page.getByRole("button", { name: "Send message" }).first().click();
    await page.getByText("Pro · 1,999 of 2,000 messages left").waitFor();
    expect(await page.locator("output").first().textContent()).toBe("I wanted to say that the plan is good.");
  });

  it("cancels in the portal and reads until when Pro stays", async () => {
    await buyPro(page, example);
    await page.getByRole("link", { name: "Billing" }).click();
    await page.getByText("Renews on").waitFor();
    await page.getByRole("button", { name: "Manage billing" }).click();
    await cancelInPortal();
    await page.waitForURL(`${example.url}/billing`);
    await page.getByText(`Ends on ${inOneMonth()}`).waitFor();
    await page.waitForLoadState("networkidle");
    await inspect(page, "billing-ending");
    await takePictures(page, "billing-ending");
  });

  async function cancelInPortal() {
    await page.getByRole("button", { name: /^Cancel plan/ }).click();
    await page.getByText("Ends on").waitFor();
    await page.getByRole("link", { name: /^Return/ }).click();
  }
});

describe("two people", () => {
  it("each see their own plan only", async () => {
    await buyPro(page, example);
    const other = await example.openPage();
    await signUp(other, { url: example.url, name: "Kim" });
    expect(await mainText(other)).toContain("Free · 100 of 100 messages left");
    await page.reload();
    expect(await mainText(page)).toContain("Pro · 2,000 of 2,000 messages left");
  });
});

describe("GET /customer", () => {
  it("answers 200 to a person and 401 after they signed out", async () => {
    await signUp(page, example);
    const customer = () => page.request.get(`${example.url}/api/paykit/customer`);
    expect((await customer()).status()).toBe(200);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${example.url}/`);
    expect((await customer()).status()).toBe(401);
  });
});

/** The text of a document as the server wrote it, without React's comment marks between two pieces of text. */
function textOf(html: string) {
  return html.replace(/<!--.*?-->/g, "").replace(/<[^>]+>/g, "");
}

/** A month from today in UTC, on the month's last day when it is shorter. */
function inOneMonth() {
  const today = new Date();
  const lastDay = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 2, 0)).getUTCDate();
  const day = Math.min(today.getUTCDate(), lastDay);
  const date = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, day));
  return new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(date);
}
