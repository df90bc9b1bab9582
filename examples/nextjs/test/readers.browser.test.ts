import { randomUUID } from "node:crypto";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import type {} from "./gallery/readers.js";
import { galleryForFile } from "./gallery-for-file.js";
import { buyPro, fillIn, signUp } from "./person.js";

const example = exampleForFile();
const gallery = galleryForFile();

describe("a reader", () => {
  it("renders 0 times when equal data comes again, and once when its own balance changes", async () => {
    const other = await example.openPage();
    await signUp(other, example);
    const page = await openReaders(other);
    await page.getByText("100 messages").waitFor();
    const before = await rendersOf(page);

    const again = page.waitForResponse(/\/api\/paykit\/customer/);
    await page.evaluate(() => dispatchEvent(new Event("visibilitychange")));
    await again;
    await isSettled(page);
    expect(await rendersOf(page)).toEqual(before);

    await other.getByRole("button", { name: "Send message" }).first().click();
    await other.getByText("Free · 99 of 100 messages left").waitFor();
    await page.getByText("99 messages").waitFor();
    expect(await rendersOf(page)).toEqual({ ...before, messages: (before.messages ?? 0) + 1 });
  });
});

describe("another person signing in, in another tab", () => {
  it("leaves nothing of the first one in the page, in the cache or in what is asked, without a reload", async () => {
    const other = await example.openPage();
    await buyPro(other, example);
    const page = await openReaders(other);
    await page.getByText("2000 messages").waitFor();
    await page.getByText(/-0001$/).waitFor();
    const first: string = await page
      .getByText(/^ready: /)
      .textContent()
      .then((text) => text?.slice(7) ?? "");
    const invoice = (await page.getByText(/-0001$/).textContent()) ?? "";
    expect(await cacheOf(page)).toContain(first);

    await other.getByRole("button", { name: "Sign out" }).click();
    await other.waitForURL(`${example.url}/`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
    await other.getByRole("link", { name: "Start free" }).first().click();
    await fillIn(other, { name: "Kim", email: `${randomUUID()}@example.com` });
    await other.waitForURL(`${example.url}/dashboard`);

    await page.getByText("100 messages").waitFor();
    await isSettled(page);
    for (const word of [first, invoice]) {
      expect(await page.content()).not.toContain(word);
      expect(await cacheOf(page)).not.toContain(word);
      expect(asked.join()).not.toContain(word);
    }
    expect(asked).not.toEqual([]);
  });
});

/** The readers in a tab of the same browser, and so with the same cookies. */
async function openReaders(other: Page) {
  const page = await other.context().newPage();
  await gallery.mount(page, example.url);
  await page.goto(`${example.url}/gallery/readers`, { waitUntil: "networkidle" });
  return page;
}

/** Nothing is under way, and what came has been painted. */
async function isSettled(page: Page) {
  await page.waitForFunction(() => window.watched.client.isFetching() === 0);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

function rendersOf(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => window.watched.renders);
}

/** Everything that the cache holds, keys and data, as text. */
function cacheOf(page: Page) {
  return page.evaluate(() => {
    const entries = window.watched.client.getQueryCache().getAll();
    return JSON.stringify(entries.map(({ queryKey, state }) => [queryKey, state.data]));
  });
}
