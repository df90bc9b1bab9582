import { describe, expect, it } from "vitest";
import { describeCredit, describeDebit, describeRecurring, describeTrial } from "./describe-line.js";

const monthly = { interval: "month", intervalCount: 1 } as const;
const march = Date.parse("2026-03-03T12:00:00Z") / 1_000;

describe("describeRecurring", () => {
  it("names quantity, product, price and interval", () => {
    const line = { product: "Gold product", quantity: 1, currency: "usd", recurrence: monthly };
    expect(describeRecurring({ ...line, unitAmount: "3252" })).toBe("1 × Gold product (at $32.52 / month)");
  });

  it("shows parts of a cent, yen without decimals, every three months and the tier", () => {
    const units = {
      product: "Units",
      quantity: "6.5",
      recurrence: { interval: "month", intervalCount: 3 },
    } as const;
    expect(describeRecurring({ ...units, unitAmount: "10.5", currency: "usd", tier: 2 })).toBe(
      "6.5 × Units (Tier 2 at $0.105 / every 3 months)",
    );
    expect(describeRecurring({ ...units, unitAmount: "1500", currency: "jpy" })).toBe(
      "6.5 × Units (at ¥1,500 / every 3 months)",
    );
  });
});

describe("the lines of a proration", () => {
  it("say unused and remaining time after the day, in UTC", () => {
    expect(describeCredit({ product: "Basic", quantity: 1 }, march)).toBe(
      "Unused time on Basic after 03 Mar 2026",
    );
    expect(describeDebit({ product: "Pro", quantity: 3 }, march)).toBe(
      "Remaining time on 3 × Pro after 03 Mar 2026",
    );
  });
});

describe("describeTrial", () => {
  it("says free trial", () => {
    expect(describeTrial({ product: "Pro", quantity: 1 })).toBe("Free trial for 1 × Pro");
  });
});
