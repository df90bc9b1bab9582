import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { launchChromium } from "./chromium.js";
import { type Example, startExample } from "./example.js";

/** The example and a browser for the tests of one file, and a way to open a page that nobody else shares. */
export function exampleForFile(options: { timeTravel?: boolean } = {}) {
  let example: Example;
  let browser: Browser;
  beforeAll(async () => {
    [example, browser] = await Promise.all([startExample(options), launchChromium()]);
  });
  afterAll(() => Promise.all([example?.close(), browser?.close()]));
  return {
    get url() {
      return example.url;
    },
    get sandbox() {
      return example.sandbox;
    },
    /** A page with cookies of its own; it is closed with the test, and the sandbox's faults end. */
    openPage: async (contextOptions: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext(contextOptions);
      context.setDefaultTimeout(15_000);
      onTestFinished(async () => {
        example.sandbox.faults.webhooks(null);
        await context.close();
      });
      return context.newPage();
    },
  };
}
