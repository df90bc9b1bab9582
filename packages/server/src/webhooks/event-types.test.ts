import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { eventTypes } from "./event-types.js";

describe("eventTypes", () => {
  it("are those that the README tells to select in Stripe's dashboard", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, section = ""] = readme.match(/## The webhook(.*?)\n## /s) ?? [];
    const listed = section.split("\n").filter((line) => line.startsWith("- "));
    const names = listed.flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(names.sort()).toEqual([...eventTypes.keys()].sort());
  });
});
