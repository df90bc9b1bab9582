import { describe, expect, it } from "vitest";
import type { CheckoutLine, CheckoutView } from "../../world/hosted/checkout.js";
import { headingOf, payButtonOf, renewalSentenceOf, unitPriceOf } from "./checkout-words.js";

const line: CheckoutLine = {
  id: "li_1",
  name: "Pro",
  description: null,
  quantity: 1,
  amount: 2_000,
  unitAmount: 2_000,
  recurring: { interval: "month", intervalCount: 1, isMetered: false },
  adjustable: null,
};
const order: CheckoutView = {
  id: "cs_test_1",
  mode: "subscription",
  status: "open",
  currency: "usd",
  lines: [line],
  subtotal: 2_000,
  discounts: [],
  total: 2_000,
  later: { amount: 2_000, interval: "month", intervalCount: 1, from: Date.UTC(2026, 11, 22) / 1_000 },
  trialEnd: null,
  allowsPromotionCodes: false,
  promotionCode: null,
  needsCard: true,
  needsTermsOfService: false,
  email: null,
  emailIsFixed: false,
  savedCards: [],
  customFields: [],
  submitType: null,
  submitMessage: null,
  cancelUrl: null,
  successUrl: null,
  expiresAt: 0,
};
const trialEnd = Date.UTC(2026, 11, 6) / 1_000;

describe("headingOf", () => {
  it("names what is bought, tried or kept", () => {
    expect(headingOf(order)).toBe("Subscribe to Pro");
    expect(headingOf({ ...order, trialEnd })).toBe("Try Pro");
    expect(headingOf({ ...order, lines: [line, line, line] })).toBe("Subscribe to Pro and 2 more");
    expect(headingOf({ ...order, mode: "payment" })).toBe("Pro");
    expect(headingOf({ ...order, mode: "setup", lines: [] })).toBe("Save a card");
  });
});

describe("payButtonOf", () => {
  it("says what the button does: pay, subscribe, start a trial, save a card", () => {
    expect(payButtonOf(order)).toBe("Pay and subscribe");
    expect(payButtonOf({ ...order, total: 0 })).toBe("Subscribe");
    expect(payButtonOf({ ...order, trialEnd, total: 0 })).toBe("Start trial");
    expect(payButtonOf({ ...order, mode: "payment" })).toBe("Pay");
    expect(payButtonOf({ ...order, mode: "payment", submitType: "donate" })).toBe("Donate");
    expect(payButtonOf({ ...order, mode: "setup" })).toBe("Save card");
  });
});

describe("renewalSentenceOf", () => {
  it("says when and at how much the plan renews", () => {
    expect(renewalSentenceOf(order)).toBe(
      "Renews on 22 December 2026 at $20.00 per month, until you cancel.",
    );
    const quarterly = {
      ...order,
      later: { amount: 5_000, interval: "month", intervalCount: 3, from: trialEnd },
    };
    expect(renewalSentenceOf(quarterly)).toBe(
      "Renews on 6 December 2026 at $50.00 every 3 months, until you cancel.",
    );
  });

  it("says until when a trial is free, and what usage adds", () => {
    expect(renewalSentenceOf({ ...order, trialEnd })).toBe(
      "Free until 6 December 2026, then $20.00 per month. Cancel any time before.",
    );
    const metered = { ...line, recurring: { interval: "month", intervalCount: 1, isMetered: true } };
    expect(renewalSentenceOf({ ...order, lines: [line, metered] })).toContain(
      "$20.00 per month plus what you use",
    );
  });

  it("says nothing of an order that is paid once", () => {
    expect(renewalSentenceOf({ ...order, mode: "payment", later: null })).toBeNull();
  });
});

describe("unitPriceOf", () => {
  it("is the price of one, of several each, or nothing for a price without a unit", () => {
    expect(unitPriceOf(line, "usd")).toBe("$20.00 per month");
    expect(unitPriceOf({ ...line, quantity: 3 }, "usd")).toBe("$20.00 per month each");
    expect(unitPriceOf({ ...line, recurring: null, unitAmount: 500 }, "jpy")).toBe("¥500");
    expect(unitPriceOf({ ...line, unitAmount: null }, "usd")).toBeNull();
  });
});
