import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeCoverage } from "./coverage.js";
import { routes } from "./routes.js";

const README = new URL("../../README.md", import.meta.url);

describe("writeCoverage", () => {
  it("agrees with the README; run with UPDATE_README=1 to write its list of routes anew", () => {
    const before = readFileSync(README, "utf8");
    const after = writeCoverage(before, routes);
    if (process.env.UPDATE_README) writeFileSync(README, after);
    else expect(before).toBe(after);
  });
});

describe("routes", () => {
  it("names every route once", () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
