import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { creditsFor, prorateCredit, prorateDebit } from "./prorate.js";
import { ratio } from "./rational.js";

const amount = (minor: number) => ratio(minor, 1);
const at = (iso: string) => Date.parse(iso) / 1_000;

describe("Stripe's published proration", () => {
  // Stripe, "Prorations": 10.00 to 32.52 at 1598982148. 445540 of 2678400 seconds are left: -166.35 and 540.96.
  const period = { start: 1596749288, end: 1599427688 };

  it("credits 1.66 and debits 5.41", () => {
    expect(prorateCredit({ amount: 1_000, period }, 1598982148)).toBe(-166);
    expect(prorateDebit({ fullAmount: amount(3_252), fullPeriod: period, from: 1598982148 })).toBe(541);
  });
});

describe("an upgrade from 20.00 to 50.00 at the middle of April", () => {
  const april = { start: at("2026-04-01T00:00:00Z"), end: at("2026-05-01T00:00:00Z") };
  const middle = at("2026-04-16T00:00:00Z");

  it("credits 10.00 and debits 25.00: 15.00 to pay", () => {
    expect(prorateCredit({ amount: 2_000, period: april }, middle)).toBe(-1_000);
    expect(prorateDebit({ fullAmount: amount(5_000), fullPeriod: april, from: middle })).toBe(2_500);
  });

  // One second less than half of 2592000 is left: 20.00 x 1295999/2592000 = 9.9999923, 50.00 x ... = 24.99998.
  it("does not move a cent by one second", () => {
    expect(prorateCredit({ amount: 2_000, period: april }, middle + 1)).toBe(-1_000);
    expect(prorateDebit({ fullAmount: amount(5_000), fullPeriod: april, from: middle + 1 })).toBe(2_500);
  });

  // 7 days of 30 are left: 20.00 x 7/30 = 4.6667, 50.00 x 7/30 = 11.6667.
  it("is -4.67 and 11.67 a week before the end", () => {
    const late = at("2026-04-24T00:00:00Z");
    expect(prorateCredit({ amount: 2_000, period: april }, late)).toBe(-467);
    expect(prorateDebit({ fullAmount: amount(5_000), fullPeriod: april, from: late })).toBe(1_167);
  });
});

describe("creditsFor", () => {
  const month = { start: 0, end: 3_000 };

  it("gives back what was debited, not what the price is by now: 10.00, unchanged by a change without proration", () => {
    // Debited 10.00 for the month; at day 21 of 30, a third is left: 3.33, although the price was 20.00 since day 11.
    expect(creditsFor([{ amount: 1_000, period: month }], 2_000).map((credit) => credit.amount)).toEqual([
      -333,
    ]);
  });

  it("gives several credits for several debits, and none for a debit that is used up", () => {
    const debits = [
      { amount: 300, period: { start: 0, end: 1_000 } },
      { amount: 1_000, period: month },
      { amount: 600, period: { start: 1_000, end: 3_000 } },
    ];
    expect(creditsFor(debits, 2_000).map((credit) => credit.amount)).toEqual([-333, -300]);
  });

  it("gives all back before the period begins", () => {
    expect(creditsFor([{ amount: 1_000, period: { start: 100, end: 200 } }], 50)).toMatchObject([
      { amount: -1_000, period: { start: 100, end: 200 } },
    ]);
  });
});

describe("a credit", () => {
  it("is never more than its debit and never grows with time", () => {
    const cases = fc.record({ amount: fc.nat(10_000_000), length: fc.integer({ min: 1, max: 40_000_000 }) });
    fc.assert(
      fc.property(cases, fc.nat(40_000_000), fc.nat(40_000_000), ({ amount: minor, length }, a, b) => {
        const debit = { amount: minor, period: { start: 0, end: length } };
        const [earlier, later] = a < b ? [a, b] : [b, a];
        expect(prorateCredit(debit, earlier)).toBeGreaterThanOrEqual(-minor);
        expect(prorateCredit(debit, later)).toBeGreaterThanOrEqual(prorateCredit(debit, earlier));
      }),
    );
  });

  it("cancels a debit for the same price and the same rest to the cent", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.nat(3_000_000),
        (minor, length, t) => {
          const period = { start: 0, end: length };
          const from = Math.min(t, length);
          const debit = prorateDebit({ fullAmount: amount(minor), fullPeriod: period, from });
          expect(debit + prorateCredit({ amount: minor, period }, from)).toBe(0);
        },
      ),
    );
  });
});
