import { describe, expect, it } from "vitest";
import { openVisit, sealVisit } from "./portal-visit.js";

const visit = { customerId: "user_ä/1", returnUrl: "https://app.example.com/billing?tab=1" };
const sealed = sealVisit(visit, "whsec_1");

describe("sealVisit", () => {
  it("is opened with the same secret, and needs no encoding in a URL", () => {
    expect(openVisit(sealed, "whsec_1")).toEqual(visit);
    expect(encodeURIComponent(sealed)).toBe(sealed);
  });

  it("is opened with no other secret, and not after a change", () => {
    const [content = "", seal = ""] = sealed.split(".");
    const other = Buffer.from(JSON.stringify(["user_2", "https://evil.example"])).toString("base64url");
    expect(openVisit(sealed, "whsec_2")).toBeNull();
    for (const forged of [`${other}.${seal}`, content, `${content}.`, "", ".", `${content}.${seal}A`]) {
      expect(openVisit(forged, "whsec_1")).toBeNull();
    }
  });
});
