import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ladderProducts } from "./billed.js";
import { origin, type SendOptions } from "./paykit.js";
import { openShop, type Shop } from "./shop.js";

const accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
let shop: Shop<typeof ladderProducts>;

beforeAll(async () => {
  shop = await openShop({ products: ladderProducts });
});
afterAll(() => shop.close());

/** As a browser without JavaScript does it, from our page `/billing?tab=plans`. */
function post(path: string, form: Record<string, string>, options: SendOptions = {}) {
  const headers = { accept, referer: `${origin}/billing?tab=plans`, ...options.headers };
  return shop.send(path, { ...options, form, headers });
}

function expectPage(answer: { status: number; text: string; body: unknown }, status: number, words: RegExp) {
  expect(answer.status).toBe(status);
  expect(answer.body).toBeNull();
  expect(answer.text).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(answer.text).toMatch(/<main>\n<h1>That did not work<\/h1>/);
  expect(answer.text).toMatch(words);
  expect(answer.text).not.toMatch(/<script|<form|javascript:/i);
}

describe("a form without JavaScript", () => {
  const refused: [string, string, Record<string, string>, SendOptions, number, RegExp][] = [
    [
      "an unknown product",
      "/checkout",
      { productId: "gold" },
      {},
      400,
      /There is no product &quot;gold&quot;/,
    ],
    ["an unknown plan", "/subscribe", { planId: "gold" }, {}, 400, /There is no plan &quot;gold&quot;/],
    ["an unknown field", "/portal", { return: "/" }, {}, 400, /takes no field &quot;return&quot;/],
    ["nobody", "/checkout", { productId: "pro" }, { user: null }, 401, /Nobody is signed in/],
    ["somebody else", "/portal", { customerId: "bob" }, {}, 403, /not the one of this session/],
    [
      "a redirect elsewhere",
      "/checkout",
      { productId: "pro", successUrl: "//evil.example" },
      {},
      400,
      /redirect/,
    ],
    ["too much", "/checkout", { productId: "x".repeat(70_000) }, {}, 413, /larger than this route takes/],
    ["a route that is not there", "/buy", { productId: "pro" }, {}, 404, /no such route/],
    [
      "a page of another site",
      "/checkout",
      { productId: "pro" },
      { headers: { origin: "https://evil.example" } },
      403,
      /another site/,
    ],
    ["a markup as a product", "/checkout", { productId: "<b>x" }, {}, 400, /&lt;b&gt;x/],
  ];

  it.each(refused)(
    "is answered with a page, and the status, for %s",
    async (_, path, form, options, status, words) => {
      const answer = await post(path, form, options);
      expectPage(answer, status, words);
      expect(answer.text).toContain('<a href="/billing?tab=plans">Go back</a>');
    },
  );

  it("is answered with a page for a body that no route takes, and for coming by GET", async () => {
    const multipart = { "content-type": "multipart/form-data; boundary=x", accept };
    expectPage(await shop.send("/checkout", { body: "--x--", headers: multipart }), 415, /HTML form/);
    expectPage(await shop.send("/checkout", { headers: { accept } }), 405, /takes POST/);
    expectPage(await shop.send("/checkout/return", { headers: { accept } }), 400, /session_id/);
  });

  it("is led back to a page of ours only, and not to where it just came from", async () => {
    const wayBack = async (referer: string) =>
      (await post("/checkout", { productId: "gold" }, { headers: { referer } })).text.match(
        /href="([^"]*)"/,
      )?.[1];
    expect(await wayBack(`${origin}/a?b="><script>`)).toBe("/a?b=%22%3E%3Cscript%3E");
    expect(await wayBack("https://evil.example/x")).toBe("/");
    expect(await wayBack(`${origin}//evil.example/x`)).toBe("/");
    expect(await wayBack(`${origin}/api/paykit/checkout`)).toBe("/");
    expect(await wayBack("javascript:alert(1)")).toBe("/");
    expect(await wayBack("")).toBe("/");
  });

  it("does not say what went wrong inside", async () => {
    shop.sandbox.faults.api({ status: 500, match: ({ method }) => method === "POST" });
    const answer = await post("/checkout", { productId: "premium" });
    shop.sandbox.faults.api(null);
    expectPage(answer, 503, /The service cannot answer right now/);
    expect(answer.text).not.toMatch(/api_error|sandbox|node_modules/);
  });

  it("goes on by 303: to Stripe's page, to the portal, and back when a plan is changed at once", async () => {
    const start = await post("/subscribe", { planId: "premium", successUrl: "/welcome" });
    expect(start).toMatchObject({ status: 303, location: expect.stringContaining("/c/pay/cs_") });
    await shop.pay(start.location ?? "");
    await shop.sandbox.settled();
    expect(await post("/portal", { returnUrl: "/billing" })).toMatchObject({ status: 303 });
    const form = { planId: "ultra", addOnPlanIds: "single_sign_on", successUrl: "/welcome" };
    expect(await post("/subscribe", form)).toMatchObject({ status: 303, location: `${origin}/welcome` });
    const customer = await shop.paykit.getCustomer({ id: "ann" });
    expect(customer?.subscriptions.map(({ planId }) => planId).sort()).toEqual(["single_sign_on", "ultra"]);
    expect(await post("/subscribe", { planId: "free" })).toMatchObject({ status: 303, location: "/" });
  });

  it("is answered with JSON where a program asks for it, and a program that says nothing gets JSON", async () => {
    const asked = await post("/checkout", { productId: "gold" }, { headers: { accept: "application/json" } });
    expect(asked).toMatchObject({ status: 400, body: { error: { code: "PRODUCT_UNKNOWN" } } });
    const silent = await shop.send("/checkout", { json: { productId: "gold" } });
    expect(silent).toMatchObject({ status: 400, body: { error: { code: "PRODUCT_UNKNOWN" } } });
    expect((await shop.send("/nowhere")).body).toMatchObject({ error: { code: "ROUTE_UNKNOWN" } });
  });
});
