import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../src/contract/index.js";
import { feature, plan } from "../src/index.js";
import { creditPack, free, pro } from "./catalog.js";
import type { SendOptions } from "./paykit.js";
import { type Answer, openShop } from "./shop.js";

const earlyAccess = feature({ id: "early_access", type: "boolean", name: "Early access" });
const studio = plan({
  id: "studio",
  name: "Studio",
  group: "base",
  price: { amount: "49", interval: "month" },
  includes: [earlyAccess()],
});
const partner = plan({
  id: "partner_plan",
  name: "Partner terms",
  group: "base",
  hidden: true,
  price: { amount: "3.21", interval: "month" },
  includes: [earlyAccess()],
});
const products = [free, pro, studio, creditPack, partner] as const;

/** Where a person is sent to: the only places for Stripe's ids. */
const isAddress = (key: string) => ["url", "paymentUrl", "hostedUrl", "pdfUrl"].includes(key);

const ofStripe =
  /\b(cus|sub|si|sub_sched|price|prod|cs|in|il|ii|inpay|pm|pi|ch|re|seti|evt|clock|bps|bpc|cbtxn|acct)_[A-Za-z0-9]{6,}/g;

let shop: Awaited<ReturnType<typeof openShop<typeof products>>>;
const visited = new Set<string>();

/** Sends a request, and notes which route it took. */
async function visit(path: string, options?: SendOptions) {
  visited.add(path.split("?")[0] ?? path);
  return shop.send(path, options);
}

/** All of an answer but the addresses. */
function payloadOf({ text, body }: Answer): string {
  if (body === null) return text;
  return JSON.stringify(body, (key, value) => (isAddress(key) ? null : value));
}

/** The answers of every route to Ann, who pays, and the ways in which each can refuse. */
async function walk(): Promise<[name: string, answer: Answer][]> {
  const requests: [path: string, options?: SendOptions][] = [
    ["/customer"],
    ["/customer", { user: null }],
    ["/customer?customerId=bob"],
    ["/customer?admin=1"],
    ["/products"],
    ["/products", { user: null }],
    ["/checkout", { json: { productId: "credit_pack" } }],
    ["/checkout", { form: { productId: "credit_pack" } }],
    ["/checkout", { json: { productId: "pro" } }],
    ["/checkout", { json: { productId: "partner_plan" } }],
    ["/checkout", { json: { productId: "credit_pack", metadata: {} } }],
    ["/checkout", { json: { productId: "credit_pack", customerId: "bob" } }],
    ["/checkout", { body: "{" }],
    ["/checkout/return?session_id=cs_test_none"],
    ["/subscribe/preview", { json: { planId: "free" } }],
    ["/subscribe/preview", { json: { planId: "partner_plan" } }],
    ["/subscribe", { json: { planId: "free" } }],
    ["/subscribe", { json: { planId: "pro" } }],
    ["/subscribe", { json: { planId: "partner_plan" } }],
    ["/portal", { json: {} }],
    ["/portal", { json: { returnUrl: "https://evil.example.com" } }],
    ["/invoices?limit=1"],
    ["/invoices?cursor=none"],
    ["/webhook", { body: "{}", headers: { "stripe-signature": "t=1,v1=00" } }],
    ["/none"],
  ];
  const answers: [string, Answer][] = [];
  for (const [path, options] of requests) {
    const what = JSON.stringify(options?.json ?? options?.form ?? options?.body ?? "");
    answers.push([`${path} ${what}`, await visit(path, options)]);
  }
  return answers;
}

describe("what the handler answers, walked over every route, to a customer who pays", () => {
  let answers: [name: string, answer: Answer][];

  beforeAll(async () => {
    shop = await openShop({ products });
    for (const id of ["ann", "bob"]) {
      const name = `${id} Secretname`;
      await shop.paykit.upsertCustomer({ id, name, metadata: { note: `metadata-of-${id}` } });
    }
    const { paymentUrl } = await shop.paykit.subscribe({ customerId: "bob", planId: "partner_plan" });
    await shop.pay(paymentUrl ?? "");
    for (const productId of ["pro", "credit_pack"]) {
      const { body } = await visit("/checkout", { json: { productId, successUrl: "/billing" } });
      const { location } = await shop.pay(body.url);
      await visit(`/checkout/return${new URL(location ?? "").search}`, { user: null });
    }
    await visit("/subscribe", { json: { planId: "studio" } });
    answers = await walk();
  });
  afterAll(() => shop.close());

  it("has been asked of every route there is", () => {
    expect(Object.values(routes).filter((route) => !visited.has(route))).toEqual([]);
  });

  it.each([
    ["id of Stripe's", ofStripe],
    ["secret", /sk_test\w*|whsec_\w*/g],
    ["metadata", /metadata-of-\w+|paykit_\w+/g],
    ["hidden product or price of it", /partner terms|"(amount|total|amountDue)":321\b/gi],
    ["other customer", /\bbob\b|bob Secretname/g],
  ])("holds no %s", (_what, pattern) => {
    const found = answers.flatMap(([name, answer]) =>
      (payloadOf(answer).match(pattern) ?? []).map((match) => `${name}: ${match}`),
    );
    expect(found).toEqual([]);
  });

  it("names the hidden plan only to one who named it, in a refusal that does not confirm it", async () => {
    const named = answers.filter(
      ([name, { text }]) => text.includes("partner_plan") && !name.includes("partner"),
    );
    expect(named).toEqual([]);
    const { body: hidden } = await visit("/checkout", { json: { productId: "partner_plan" } });
    const { body: unknown } = await visit("/checkout", { json: { productId: "nothing_here" } });
    expect(hidden.error.code).toBe(unknown.error.code);
  });

  it("pages through 2 invoices by the number on them, 30.00 for the upgrade first", async () => {
    const first = (await visit("/invoices?limit=1")).body;
    const second = (await visit(`/invoices?limit=1&cursor=${first.cursor}`)).body;
    const totals = [first, second].map(({ invoices }) =>
      invoices.map(({ total }: { total: number }) => total),
    );
    expect(totals).toEqual([[3000], [1900]]); // 49 less 19, at the beginning of the period
    expect([first.cursor, second.cursor]).toEqual([first.invoices[0].number, null]);
  });

  it("walks as many refusals as successes, or nearly", () => {
    const refusals = answers.filter(([, { status }]) => status >= 400);
    expect(refusals.length).toBeGreaterThanOrEqual(answers.length * 0.4);
  });
});
