import { describe, expect, it } from "vitest";
import { toRedirectTarget } from "./redirect-target.js";

const rules = { ownOrigin: "https://app.example.com", trustedOrigins: ["https://www.example.com"] };

describe("toRedirectTarget", () => {
  it.each([
    ["/billing", "https://app.example.com/billing"],
    ["/billing?tab=1#plan", "https://app.example.com/billing?tab=1#plan"],
    ["/", "https://app.example.com/"],
    ["https://app.example.com/a", "https://app.example.com/a"],
    ["https://www.example.com/pricing", "https://www.example.com/pricing"],
    ["/to?next=//evil.example", "https://app.example.com/to?next=//evil.example"],
  ])("takes %s", (target, url) => {
    expect(toRedirectTarget(target, rules)).toBe(url);
  });

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " /billing",
    "https://evil.example",
    "https://app.example.com.evil.example",
    "https://app.example.com@evil.example",
    "https://user:pass@app.example.com/",
    "http://app.example.com/",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,hi",
    "billing",
    "",
    `/${"a".repeat(2048)}`,
  ])("refuses %j with UNTRUSTED_URL", (target) => {
    expect(() => toRedirectTarget(target, rules)).toThrow(expect.objectContaining({ code: "UNTRUSTED_URL" }));
  });
});
