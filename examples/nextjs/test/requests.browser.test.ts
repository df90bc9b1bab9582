import type { Page, Request } from "playwright";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { Gates } from "./gallery/gates.js";
import { galleryForFile } from "./gallery-for-file.js";
import { cards, payWith, signUp } from "./person.js";

const example = exampleForFile();
const gallery = galleryForFile();

describe("a static page with 50 gates", () => {
  it("makes 1 request", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    await gallery.mount(page, example.url);
    const asked = requestsOf(page);
    await page.goto(`${example.url}/gallery/gates`);
    await page.getByText("allowed 100 0").nth(24).waitFor();
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual(["GET /api/paykit/customer"]);
  });
});

describe("a server-rendered page with 50 gates", () => {
  it("makes no request, and hydrates without a complaint", async () => {
    const page = await example.openPage();
    await signUp(page, example);
    const customer = await (await page.request.get(`${example.url}/api/paykit/customer`)).json();
    const state = { basePath: "/api/paykit", status: "ready", customer } as const;
    await gallery.mount(page, example.url, { html: renderToString(createElement(Gates, { state })), state });
    const asked = requestsOf(page);
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${example.url}/gallery/gates`, { waitUntil: "networkidle" });
    expect(await page.getByText("allowed 100 0").count()).toBe(25);
    expect(await page.locator("main").evaluate(isHydrated)).toBe(true);
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe("a page of the example", () => {
  it("asks PayKit nothing on its first load, and nothing after a purchase", async () => {
    const page = await example.openPage();
    const asked = requestsOf(page);
    await signUp(page, example);
    await page.reload({ waitUntil: "networkidle" });
    expect(asked).toEqual([]);
    await page.getByRole("button", { name: "Upgrade to Pro" }).click();
    await payWith(page, cards.pays);
    await page.waitForURL(`${example.url}/dashboard`);
    await page.getByText("Pro · 2,000 of 2,000 messages left").waitFor();
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual(["POST /api/paykit/checkout"]);
  });
});

/** What the page asks PayKit from now on, besides navigations. */
function requestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request: Request) => {
    const { pathname } = new URL(request.url());
    const isOfPayKit = pathname.startsWith("/api/paykit");
    if (isOfPayKit && !request.isNavigationRequest()) asked.push(`${request.method()} ${pathname}`);
  });
  return asked;
}

/** React has taken an element over when it has put its own key on it. */
function isHydrated(element: Element) {
  return Object.keys(element).some((key) => key.startsWith("__reactFiber"));
}
