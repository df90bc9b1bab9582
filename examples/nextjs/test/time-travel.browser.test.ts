import type { Page } from "playwright";
import { beforeEach, describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { dense, inspect } from "./inspect.js";
import { buyPro } from "./person.js";
import { takePictures } from "./pictures.js";
import { mainText } from "./watch.js";

const example = exampleForFile({ timeTravel: true });
let page: Page;

beforeEach(async () => {
  page = await example.openPage(dense);
  await buyPro(page, example);
});

describe("the time travel panel", () => {
  it("renews Pro and its 2,000 messages when a month passes", async () => {
    await page.getByRole("button", { name: "Send message" }).first().click();
    await page.getByText("Pro · 1,999 of 2,000 messages left").waitFor();
    await page.getByRole("button", { name: "a month" }).click();
    await page.getByText("Pro · 2,000 of 2,000 messages left").waitFor();
    await page.goto(`${example.url}/billing`);
    await page.getByRole("cell", { name: "Paid" }).nth(1).waitFor();
    expect(await page.getByRole("cell", { name: "$19.00" }).count()).toBe(2);
  });

  it("keeps Pro for 7 days after the card failed, then falls back to Free", async () => {
    await page.getByRole("button", { name: "fails" }).click();
    await page.getByText("From now on.").waitFor();
    await page.getByRole("button", { name: "a month" }).click();
    await page.getByText(/it is (December|January|February|March)/).waitFor();
    await page.goto(`${example.url}/billing`);
    await page.getByText("Payment failed").waitFor();
    await inspect(page, "billing-past-due");
    await takePictures(page, "billing-past-due");
    await page.goto(`${example.url}/dashboard`);
    expect(await mainText(page)).toContain("Pro ·");
    await page.getByRole("button", { name: "a week" }).click();
    await page.getByText("Free · 100 of 100 messages left").waitFor();
  });

  it("loses webhooks without losing the purchase", async () => {
    await page.getByRole("button", { name: "are lost" }).click();
    await page.getByText("From now on.").waitFor();
    await page.getByRole("button", { name: "Buy 500 credits" }).click();
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.waitForURL(`${example.url}/dashboard`);
    expect(await mainText(page)).toContain("500 credits left");
  });
});
