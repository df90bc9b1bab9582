import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errorStatus, isPayKitError, PayKitError } from "./errors.js";

const pages = new URL("../../../../docs/errors/", import.meta.url);

describe("errorStatus", () => {
  it("has one page for each code, and no page without a code", () => {
    const named = readdirSync(pages).map((file) => file.replace(/\.md$/, ""));
    expect(named.sort()).toEqual(Object.keys(errorStatus).sort());
  });

  it.each(Object.entries(errorStatus))(
    "explains cause and remedy of %s, and its status %i",
    (code, status) => {
      const page = readFileSync(new URL(`${code}.md`, pages), "utf8");
      expect(page).toMatch(
        new RegExp(
          `^# ${code}\n\nHTTP status ${status}\\.\n\n\\*\\*Cause\\.\\*\\* .+\n\n\\*\\*What to do\\.\\*\\* .+\n$`,
        ),
      );
    },
  );
});

describe("PayKitError", () => {
  it("carries code, status and cause, and is recognised across copies of the package", () => {
    const error = new PayKitError("CARD_DECLINED", "Declined.", { cause: "bank" });
    expect(error).toMatchObject({ code: "CARD_DECLINED", status: 402, cause: "bank", message: "Declined." });
    expect(isPayKitError(Object.assign(new Error("x"), { name: "PayKitError", code: "INTERNAL" }))).toBe(
      true,
    );
    expect(isPayKitError(new Error("x"))).toBe(false);
  });
});
