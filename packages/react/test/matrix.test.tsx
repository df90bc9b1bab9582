import { version } from "react";
import { version as domVersion } from "react-dom";
import { describe, expect, it } from "vitest";
import { Entitled } from "../src/components/entitled.js";

const expectedReact = process.env.PAYKIT_REACT ?? "19";
const isCompiled = process.env.PAYKIT_COMPILER === "on";

describe("reactMatrix", () => {
  it("runs this project on the React that it names", () => {
    expect(version.split(".")[0]).toBe(expectedReact);
    expect(domVersion).toBe(version);
  });

  it("compiles the components only in the compiler's project", () => {
    expect(String(Entitled).includes("$[0]")).toBe(isCompiled); // the slots that the compiler remembers in
  });
});
