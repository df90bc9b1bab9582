import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { buyPro, fillIn, signUp, upgrade } from "./person.js";

const example = exampleForFile();

describe("an upgrade in one tab", () => {
  it("shows in the other", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    const other = await page.context().newPage();
    await other.goto(`${example.url}/dashboard`);
    await upgrade(page, example);
    await other.bringToFront();
    await other.getByText("Pro · 2,000 of 2,000 messages left").waitFor();
  });
});

describe("signing out and in as somebody else", () => {
  it("leaves nothing of the first person in the page or in what is asked", async () => {
    const page = await example.openPage();
    await buyPro(page, example);
    const first: { customerId: string } = await (
      await page.request.get(`${example.url}/api/paykit/customer`)
    ).json();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${example.url}/`);
    await page.getByRole("link", { name: "Start free" }).first().click();
    await fillIn(page, { name: "Kim", email: `${randomUUID()}@example.com` });
    await page.waitForURL(`${example.url}/dashboard`);
    await page.getByText("Free · 100 of 100 messages left").waitFor();

    expect(await page.content()).not.toContain(first.customerId);
    expect(await page.content()).not.toContain("Robin");
    expect(asked.filter((request) => request.includes(first.customerId))).toEqual([]);
  });
});
