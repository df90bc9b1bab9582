import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databases, type TestDatabase } from "../../test/databases.js";
import { createTestPayKit, origin, request, type SendOptions } from "../../test/paykit.js";

const [pglite] = databases;
let database: TestDatabase;
let app: ReturnType<typeof createTestPayKit>;

beforeAll(async () => {
  if (pglite === undefined) throw new Error("no database");
  database = await pglite.open();
  app = createTestPayKit(database.option);
});
afterAll(() => database.close());

async function send(path: string, options?: SendOptions) {
  const response = await app.paykit.handler(request(path, options));
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { response, status: response.status, text, body: isJson ? JSON.parse(text) : null };
}

const checkout = { productId: "pro", successUrl: "/billing" };

describe("createHandler, GET /customer", () => {
  it("shows an identified newcomer the default plan and writes nothing", async () => {
    const { status, body, response } = await send("/customer", { user: "newcomer" });
    expect(status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(body.subscriptions).toMatchObject([{ planId: "free", isDefault: true, currentPeriodEnd: null }]);
    expect(body.entitlements.messages).toMatchObject({ allowed: true, balance: 100, limit: 100 });
    expect(await database.sql("select * from paykit_customer")).toEqual([]);
  });

  it("is 401 UNAUTHENTICATED for an anonymous request", async () => {
    expect(await send("/customer", { user: null })).toMatchObject({
      status: 401,
      body: { error: { code: "UNAUTHENTICATED", requestId: expect.stringMatching(/.{8,}/) } },
    });
  });

  it("is 403 CUSTOMER_ID_MISMATCH for somebody else's id, and 200 for one's own", async () => {
    expect(await send("/customer?customerId=bob")).toMatchObject({
      status: 403,
      body: { error: { code: "CUSTOMER_ID_MISMATCH" } },
    });
    expect(await send("/customer?customerId=ann")).toMatchObject({ status: 200 });
  });

  it("refuses a parameter it does not know", async () => {
    expect(await send("/customer?admin=1")).toMatchObject({
      status: 400,
      body: { error: { code: "KEY_UNKNOWN" } },
    });
  });
});

describe("createHandler, GET /products", () => {
  it("lists the public catalog to anyone, in minor units", async () => {
    const { status, body } = await send("/products", { user: null });
    expect(status).toBe(200);
    expect(body.products.map(({ id }: { id: string }) => id)).toEqual(["free", "pro", "credit_pack"]);
    expect(body.products[1].prices).toEqual([{ amount: 1900, currency: "usd", interval: [1, "month"] }]);
  });
});

describe("createHandler, bad input", () => {
  const refused: [name: string, options: SendOptions, status: number, code: string][] = [
    ["an unknown product", { json: { ...checkout, productId: "gold" } }, 400, "PRODUCT_UNKNOWN"],
    ["an unknown key", { json: { ...checkout, priceId: "price_1" } }, 400, "KEY_UNKNOWN"],
    ["a wrong type", { json: { productId: 7 } }, 400, "INPUT_INVALID"],
    ["a quantity of 0", { json: { productId: "credit_pack", quantity: 0 } }, 400, "INPUT_INVALID"],
    ["a fraction", { json: { productId: "credit_pack", quantity: 1.5 } }, 400, "INPUT_INVALID"],
    ["a missing product", { json: {} }, 400, "INPUT_INVALID"],
    ["half of a JSON", { body: "{", headers: { "content-type": "application/json" } }, 400, "BODY_MALFORMED"],
    ["a JSON list", { json: [] }, 400, "BODY_MALFORMED"],
    ["no body", { method: "POST", headers: { "content-type": "application/json" } }, 400, "BODY_MALFORMED"],
    [
      "plain text",
      { body: "{}", headers: { "content-type": "text/plain" } },
      415,
      "CONTENT_TYPE_UNSUPPORTED",
    ],
    ["no content type", { method: "POST" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["66,000 bytes", { json: { ...checkout, cancelUrl: "a".repeat(66_000) } }, 413, "BODY_TOO_LARGE"],
    [
      "another site's page",
      { json: checkout, headers: { origin: "https://evil.example" } },
      403,
      "ORIGIN_UNTRUSTED",
    ],
    ["an opaque origin", { json: checkout, headers: { origin: "null" } }, 403, "ORIGIN_UNTRUSTED"],
    [
      "a redirect elsewhere",
      { json: { ...checkout, successUrl: "https://evil.example" } },
      400,
      "UNTRUSTED_URL",
    ],
    ["a redirect to //", { json: { ...checkout, successUrl: "//evil.example" } }, 400, "UNTRUSTED_URL"],
    ["a redirect to /\\", { json: { ...checkout, cancelUrl: "/\\evil.example" } }, 400, "UNTRUSTED_URL"],
    ["nobody", { json: checkout, user: null }, 401, "UNAUTHENTICATED"],
    ["somebody else's id", { json: { ...checkout, customerId: "bob" } }, 403, "CUSTOMER_ID_MISMATCH"],
  ];

  it.each(refused)("answers %s with its own code and changes nothing", async (_, options, status, code) => {
    const user = options.user === null ? null : "input-tester";
    const answer = await send("/checkout", { ...options, user });
    expect(answer.body).toMatchObject({ error: { code, message: expect.any(String) } });
    expect(answer.status).toBe(status);
    expect(await database.sql("select * from paykit_checkout")).toEqual([]);
  });

  it("takes a missing Origin only with the browser's word for it", async () => {
    const bare = (headers: Record<string, string>) => {
      const made = request("/checkout", { json: { ...checkout, productId: "gold" }, headers });
      made.headers.delete("origin");
      return app.paykit.handler(made).then((response) => response.status);
    };
    expect(await bare({})).toBe(403);
    expect(await bare({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await bare({ "sec-fetch-site": "same-origin" })).toBe(400);
  });

  it("lets a trusted origin through, and knows its own behind a proxy", async () => {
    const json = { ...checkout, productId: "gold" };
    const trusted = await send("/checkout", { json, headers: { origin: "https://www.example.com" } });
    expect(trusted.body.error.code).toBe("PRODUCT_UNKNOWN");
    const headers = { origin: "https://public.example", "x-forwarded-host": "public.example" };
    expect((await send("/checkout", { json, headers })).body.error.code).toBe("PRODUCT_UNKNOWN");
  });

  it("answers a form's mistake with a page and the same status", async () => {
    const { status, text, response } = await send("/checkout", { form: { productId: "gold" } });
    expect(status).toBe(400);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(text).toContain("There is no product &quot;gold&quot;.");
  });
});

describe("createHandler, routes", () => {
  it("answers an unknown route with 404 and an unknown method with 405", async () => {
    expect(await send("/nowhere")).toMatchObject({ status: 404, body: { error: { code: "ROUTE_UNKNOWN" } } });
    const wrong = await send("/customer", { method: "PUT" });
    expect(wrong).toMatchObject({ status: 405, body: { error: { code: "METHOD_NOT_ALLOWED" } } });
    expect(wrong.response.headers.get("allow")).toContain("GET");
    expect(await send("/checkout")).toMatchObject({
      status: 405,
      body: { error: { code: "METHOD_NOT_ALLOWED" } },
    });
    expect(await send("/nowhere", { json: {} })).toMatchObject({ status: 404 });
  });

  it("hides what identify threw", async () => {
    const { paykit, log } = createTestPayKit(database.option, {
      identify: () => {
        throw new Error("secret of the session store");
      },
    });
    const response = await paykit.handler(request("/customer"));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("secret");
    expect(JSON.parse(text).error.code).toBe("INTERNAL");
    expect(log.lines.join()).toContain("secret of the session store");
  });

  it("says in the log what to add when identify is missing, and still serves the rest", async () => {
    const { paykit, log } = createTestPayKit(database.option, { identify: undefined });
    const response = await paykit.handler(request("/customer"));
    expect(response.status).toBe(500);
    expect((await response.json()).error.code).toBe("IDENTIFY_NOT_CONFIGURED");
    expect(log.lines.join()).toContain("createPayKit needs `identify`");
    expect((await paykit.handler(request("/products"))).status).toBe(200);
  });
});

describe("createHandler, POST /webhook", () => {
  it("refuses a delivery without or with a wrong signature, from any origin", async () => {
    const headers = { "content-type": "application/json", origin: "" };
    expect(await send("/webhook", { body: "{}", headers, user: null })).toMatchObject({
      status: 400,
      body: { error: { code: "SIGNATURE_MISSING" } },
    });
    const signed = { ...headers, "stripe-signature": "t=1,v1=abc" };
    expect(await send("/webhook", { body: "{}", headers: signed, user: null })).toMatchObject({
      status: 400,
      body: { error: { code: "SIGNATURE_INVALID" } },
    });
  });

  it("takes 1 MiB and no more", async () => {
    const headers = { "content-type": "application/json" };
    const body = " ".repeat(1024 * 1024);
    expect((await send("/webhook", { body, headers })).status).toBe(400);
    expect((await send("/webhook", { body: `${body} `, headers })).status).toBe(413);
  });
});

describe("getState", () => {
  it("is ready for the identified, anonymous without a session, and pending when it cannot tell", async () => {
    const page = (user: string | null) =>
      new Request(origin, { headers: user === null ? {} : { "x-user": user } });
    expect(await app.paykit.getState(page("ann"))).toMatchObject({
      basePath: "/api/paykit",
      status: "ready",
      customer: { customerId: "ann", entitlements: { messages: { balance: 100 } } },
    });
    expect(await app.paykit.getState(page(null))).toEqual({
      basePath: "/api/paykit",
      status: "anonymous",
      customer: null,
    });
    const { paykit } = createTestPayKit("postgres://localhost:1/none");
    expect(await paykit.getState(page("ann"))).toMatchObject({ status: "pending", customer: null });
    await paykit.close();
  });
});
