import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { protectPages } from "./protect-pages.js";

const pages = new Hono().use(protectPages()).post("/", (context) => context.text("done"));
const post = (headers: Record<string, string>) =>
  pages.request("http://localhost:4242/", { method: "POST", headers });

describe("protectPages", () => {
  it("refuses a form that another website posts: 403", async () => {
    expect((await post({ "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await post({ "Sec-Fetch-Site": "same-site" })).status).toBe(403);
    expect((await post({ Origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await post({ Origin: "null" })).status).toBe(403);
  });

  it("lets its own forms through, and a client that is no browser", async () => {
    expect((await post({ "Sec-Fetch-Site": "same-origin", Origin: "http://localhost:4242" })).status).toBe(
      200,
    );
    expect((await post({ Origin: "http://localhost:4242" })).status).toBe(200);
    expect((await post({})).status).toBe(200);
  });

  it("allows no script, no frame and no cache", async () => {
    const { headers } = await post({});
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("Cache-Control")).toBe("no-store");
  });
});
