import type { WebhookFaults } from "@paykit/sandbox";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, inject, onTestFinished } from "vitest";
import { launchChromium } from "./chromium.js";

/** The running example, a browser for the tests of one file, and a way to open a page that nobody else shares. */
export function exampleForFile({ timeTravel = false, keepsPages = false } = {}) {
  const { url, sandboxUrl } = inject("examples")[timeTravel ? "timeTravel" : "plain"];
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ keepsPages });
  });
  afterAll(() => browser?.close());
  return {
    url,
    /** A page with cookies of its own; it is closed with the test, and the sandbox's faults end. */
    openPage: async (contextOptions: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext(contextOptions);
      context.setDefaultTimeout(60_000);
      onTestFinished(async () => {
        await controlWebhooks(sandboxUrl, null);
        await context.close();
      });
      return context.newPage();
    },
    /** Holds the sandbox's webhooks back or drops them, until the test ends. */
    disturbWebhooks: (faults: WebhookFaults) => controlWebhooks(sandboxUrl, faults),
  };
}

async function controlWebhooks(sandboxUrl: string, faults: WebhookFaults | null) {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify(faults);
  const answer = await fetch(`${sandboxUrl}/_sandbox/faults/webhooks`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
}
