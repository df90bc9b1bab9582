import { describe, expect, it } from "vitest";
import { decideTrialEnd, trialEnd, trialWillEndAt } from "./trial.js";

const DAY = 86_400;

describe("trialEnd", () => {
  it("is 14 whole days after the start", () => {
    expect(trialEnd(1_000, 14)).toBe(1_000 + 14 * DAY);
  });
});

describe("trialWillEndAt", () => {
  it("is 3 days before the end, and at once for a shorter trial", () => {
    expect(trialWillEndAt({ startAt: 0, endAt: 14 * DAY })).toBe(11 * DAY);
    expect(trialWillEndAt({ startAt: 500, endAt: 500 + 2 * DAY })).toBe(500);
  });
});

describe("decideTrialEnd", () => {
  it("bills a customer with a card, whatever is set for those without", () => {
    expect(decideTrialEnd({ hasPaymentMethod: true, missingPaymentMethod: "cancel" })).toBe("invoice");
  });

  it("does what is set when there is no card", () => {
    const outcome = (missingPaymentMethod: "cancel" | "create_invoice" | "pause") =>
      decideTrialEnd({ hasPaymentMethod: false, missingPaymentMethod });
    expect([outcome("create_invoice"), outcome("cancel"), outcome("pause")]).toEqual([
      "invoice",
      "cancel",
      "pause",
    ]);
  });
});
