import { describe, expect, it } from "vitest";
import { formatAmount } from "./format-amount.js";

describe("formatAmount", () => {
  it("has the currency's decimals: $1,234.50, ¥500, KWD 1.500", () => {
    expect(formatAmount(123_450, "usd")).toBe("$1,234.50");
    expect(formatAmount(500, "jpy")).toBe("¥500");
    expect(formatAmount(1_500, "kwd")).toBe("KWD 1.500");
    expect(formatAmount(-334, "eur")).toBe("-€3.34");
  });

  it("shows parts of a cent as they are", () => {
    expect(formatAmount("0.5", "usd")).toBe("$0.005");
  });
});
