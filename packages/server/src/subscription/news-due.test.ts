import { describe, expect, it } from "vitest";
import { billed, day } from "../../test/billed.js";
import { newsDueAt } from "./news-due.js";

const due = (overrides: Parameters<typeof billed>[1], now = day(1)) =>
  newsDueAt({ subscriptions: [billed("pro_month", overrides)], pagesExpireAt: [], now });

describe("newsDueAt", () => {
  it("is 2 hours after the period's end, the set end or the scheduled change, whichever comes first", () => {
    expect(due({})).toEqual(day(32, 2));
    expect(due({ cancelAt: day(20) })).toEqual(day(20, 2));
    expect(due({ schedule: { id: "s", next: { startsAt: day(10), items: [] } } })).toEqual(day(10, 2));
  });

  it("is 2 hours after an invoice was drawn up that Stripe has yet to collect", () => {
    expect(due({ openInvoice: { createdAt: day(1), isAttempted: false } })).toEqual(day(1, 2));
  });

  it.each([
    ["a payment failed", { status: "past_due" }],
    ["Stripe has given up", { status: "unpaid" }],
    ["a bank has been asked", { openInvoice: { createdAt: day(1), isAttempted: true } }],
  ] as const)("is a day later while %s, because it may be paid at any time", (_why, overrides) => {
    expect(due(overrides, day(5))).toEqual(day(6));
  });

  it("is an hour later while a first payment is to be confirmed, and when Stripe itself is late", () => {
    expect(due({ status: "incomplete" }, day(1))).toEqual(day(1, 1));
    expect(due({}, day(33))).toEqual(day(33, 1));
  });

  it("is never for what has ended or stands still", () => {
    for (const status of ["canceled", "incomplete_expired", "paused"] as const)
      expect(due({ status })).toBeNull();
    expect(newsDueAt({ subscriptions: [], pagesExpireAt: [], now: day(1) })).toBeNull();
  });

  it("is the first of several", () => {
    const both = [billed("pro_month"), billed("ultra_month", { id: "sub_2", cancelAt: day(9) })];
    expect(newsDueAt({ subscriptions: both, pagesExpireAt: [], now: day(1) })).toEqual(day(9, 2));
  });

  it("is an hour later while a checkout page can be paid on, and not after it has expired", () => {
    const open = (now: Date) => newsDueAt({ subscriptions: [], pagesExpireAt: [null, day(2)], now });
    expect(open(day(1))).toEqual(day(1, 1));
    expect(open(day(1, 23))).toEqual(day(2));
    expect(open(day(2))).toBeNull();
  });
});
