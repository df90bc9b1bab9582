import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { buyPro, signUp, upgrade } from "./person.js";
import { mainText } from "./watch.js";

const example = exampleForFile();

describe("a server-rendered page", () => {
  it("asks PayKit nothing on its first load", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${example.url}/dashboard`, { waitUntil: "networkidle" });
    expect(asked.filter((path) => path.startsWith("/api/paykit"))).toEqual([]);
  });
});

describe("the upgrade button", () => {
  it("opens one checkout when it is clicked three times", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.getByRole("button", { name: "Upgrade to Pro" }).click({ clickCount: 3 });
    await page.getByLabel("Card number").waitFor();
    expect(asked.filter((path) => path === "/api/paykit/checkout")).toHaveLength(1);
  });

  it("is live again after the browser's Back from checkout", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    await page.getByRole("button", { name: "Upgrade to Pro" }).click();
    await page.getByLabel("Card number").waitFor();
    await page.goBack();
    await upgrade(page, example);
    expect(await mainText(page)).toContain("Pro · 2,000 of 2,000 messages left");
  });

  it("makes two tabs end in one purchase", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    const tab = await page.context().newPage();
    await tab.goto(`${example.url}/dashboard`);
    await Promise.all(
      [page, tab].map((each) => each.getByRole("button", { name: "Upgrade to Pro" }).click()),
    );
    await Promise.all([page, tab].map((each) => each.getByLabel("Card number").waitFor()));
    expect(new URL(page.url()).pathname).toBe(new URL(tab.url()).pathname);
  });
});

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
    await page.getByLabel("Name").fill("Kim");
    await page.getByLabel("E-mail").fill(`${randomUUID()}@example.com`);
    await page.getByLabel("Password").fill("correct horse");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL(`${example.url}/dashboard`);
    await page.getByText("Free · 100 of 100 messages left").waitFor();

    expect(await page.content()).not.toContain(first.customerId);
    expect(await page.content()).not.toContain("Robin");
    expect(asked.filter((request) => request.includes(first.customerId))).toEqual([]);
  });
});
