import type { APIRequestContext } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { buyPro, cards, payWith, signUp } from "./person.js";

const example = exampleForFile();

const pages = [
  "/",
  "/ar",
  "/ar/billing",
  "/billing",
  "/dashboard",
  "/teams",
  "/sign-in",
  "/sign-up",
  "/nowhere",
];

/** The kinds of Stripe's objects that a customer of the example has, and their ids. */
const ofStripe =
  /\b(cus|sub|si|price|prod|cs|in|il|ii|inpay|pm|pi|ch|re|seti|evt|clock|bps|acct)_[A-Za-z0-9]{6,}/g;
const secret = /sk_test\w*|whsec_\w*/g;

describe("each page's HTML and payload for the router", () => {
  it("hold no id of Stripe's, no secret, and nothing of another customer", async () => {
    const other = await example.openPage();
    const email = await signUp(other, { url: example.url, name: "Ignatius" });
    const otherId = await customerIdOf(other.request);
    const page = await example.openPage();
    await buyPro(page, example);
    await page.getByRole("button", { name: "Buy 500 credits" }).click();
    await payWith(page, cards.pays);
    await page.waitForURL(`${example.url}/dashboard`);
    const ownId = await customerIdOf(page.request);

    const found: string[] = [];
    let bytes = 0;
    for (const path of pages) {
      for (const headers of [{}, { RSC: "1" }] as Record<string, string>[]) {
        const answer = await page.request.get(example.url + path, { headers });
        const text = await answer.text();
        bytes += text.length;
        if (path === "/billing") expect(text).toContain(ownId);
        const matches = [...(text.match(ofStripe) ?? []), ...(text.match(secret) ?? [])];
        const words = ["Ignatius", email, otherId].filter((word) => text.includes(word));
        found.push(...[...matches, ...words].map((match) => `${path} ${JSON.stringify(headers)}: ${match}`));
      }
    }
    expect(found).toEqual([]);
    expect(bytes).toBeGreaterThan(pages.length * 2_000);
  });
});

async function customerIdOf(request: APIRequestContext): Promise<string> {
  const answer = await request.get(`${example.url}/api/paykit/customer`);
  return (await answer.json()).customerId;
}
