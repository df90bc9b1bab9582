import { describe, expect, it } from "vitest";
import { parseSearch } from "./search.js";

const customer = { email: "Ada@Example.com", name: "Ada", metadata: { plan: "pro" }, created: 1_700_000_000 };
const fields = ["email", "name", "metadata", "created"];

describe("parseSearch", () => {
  it.each([
    ["email:'ada@example.com'", true],
    ["name:'Grace'", false],
    ["metadata['plan']:'pro' AND name:'Ada'", true],
    ["metadata['plan']:'pro' AND name:'Grace'", false],
    ["name:'Grace' OR metadata['plan']:'pro'", true],
    ["-name:'Ada'", false],
    ["email~'example'", true],
    ["created>1699999999", true],
    ["metadata['other']:null", true],
  ])("answers %s with %s", (query, expected) => {
    expect(parseSearch(query, fields)(customer)).toBe(expected);
  });

  it.each([
    "",
    "name",
    "name:'Ada' AND",
    "name:'Ada' name:'Ada'",
    "name:'a' AND name:'b' OR name:'c'",
    "phone:'1'",
  ])("refuses %s", (query) => {
    expect(() => parseSearch(query, fields)).toThrow();
  });
});
