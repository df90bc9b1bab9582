import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settleInvoice } from "./settle-invoice.js";

const usd = { currency: "usd", balance: 0 };

describe("settleInvoice", () => {
  it("charges 20.00 when nothing is on the balance", () => {
    expect(settleInvoice({ ...usd, total: 2_000 })).toMatchObject({ amountDue: 2_000, outcome: "charge" });
  });

  it("uses a credit of 5.00 first: 15.00 to pay, nothing left", () => {
    expect(settleInvoice({ ...usd, total: 2_000, balance: -500 })).toEqual({
      amountDue: 1_500,
      startingBalance: -500,
      endingBalance: 0,
      outcome: "charge",
    });
  });

  it("keeps what a credit of 30.00 has left after 20.00: 10.00", () => {
    expect(settleInvoice({ ...usd, total: 2_000, balance: -3_000 })).toMatchObject({
      amountDue: 0,
      endingBalance: -1_000,
      outcome: "nothing_due",
    });
  });

  it("turns a negative total into credit", () => {
    expect(settleInvoice({ ...usd, total: -334 })).toMatchObject({ amountDue: 0, endingBalance: -334 });
  });

  it("does not charge 0.49 but keeps it as a debt, and adds it to the next 20.00", () => {
    const small = settleInvoice({ ...usd, total: 49 });
    expect(small).toMatchObject({ amountDue: 0, endingBalance: 49, outcome: "too_small" });
    expect(settleInvoice({ ...usd, total: 2_000, balance: small.endingBalance }).amountDue).toBe(2_049);
  });

  it("charges JPY 500 and not JPY 49", () => {
    expect(settleInvoice({ total: 500, balance: 0, currency: "jpy" }).amountDue).toBe(500);
    expect(settleInvoice({ total: 49, balance: 0, currency: "jpy" }).outcome).toBe("too_small");
  });

  it("loses and makes no money: what is due and what stays on the balance are the total and the balance", () => {
    const amounts = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(amounts, amounts, fc.constantFrom("usd", "jpy", "gbp"), (total, balance, currency) => {
        const { amountDue, endingBalance } = settleInvoice({ total, balance, currency });
        expect(amountDue + endingBalance).toBe(total + balance);
        expect(amountDue).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
