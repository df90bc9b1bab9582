import { describe, expect, it } from "vitest";
import { hasValidCheckDigit, isExpired, readCard } from "./read-card.js";

const good = { number: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123" };

describe("readCard", () => {
  it("reads a number in groups and an expiry in the forms that people type", () => {
    const card = { number: "4242424242424242", expMonth: 12, expYear: 2034, cvc: "123" };
    for (const expiry of ["12 / 34", "12/34", "12/2034", "12-34", "1234", "12 34"]) {
      expect(readCard({ ...good, expiry })).toEqual({ card, faults: null });
    }
    expect(readCard({ ...good, expiry: "1/34" }).card).toMatchObject({ expMonth: 1, expYear: 2034 });
  });

  it("reports every empty input at once", () => {
    expect(readCard({ number: "", expiry: "", cvc: "" }).faults).toEqual({
      number: "Enter your card number.",
      expiry: "Enter month and year, such as 12 / 34.",
      cvc: "Enter the security code of your card.",
    });
  });

  it("refuses a wrong check digit, a short number, month 13 and a CVC of 2 digits", () => {
    expect(readCard({ ...good, number: "4242 4242 4242 4241" }).faults?.number).toBe(
      "Your card number is invalid.",
    );
    expect(readCard({ ...good, number: "4242 4242" }).faults?.number).toBe("Your card number is incomplete.");
    expect(readCard({ ...good, expiry: "13/34" }).faults?.expiry).toBe("A month is a number from 1 to 12.");
    expect(readCard({ ...good, cvc: "12" }).faults?.cvc).toBe("The security code has 3 digits.");
  });

  it("wants 4 digits from American Express", () => {
    const amex = { ...good, number: "378282246310005" };
    expect(readCard(amex).faults?.cvc).toBe("The security code has 4 digits.");
    expect(readCard({ ...amex, cvc: "1234" }).faults).toBeNull();
  });
});

describe("isExpired", () => {
  it("is true from the first second after the month on the card", () => {
    const card = { expMonth: 2, expYear: 2027 };
    expect(isExpired(card, Date.parse("2027-02-28T23:59:59Z") / 1_000)).toBe(false);
    expect(isExpired(card, Date.parse("2027-03-01T00:00:00Z") / 1_000)).toBe(true);
  });
});

describe("hasValidCheckDigit", () => {
  it("holds for the numbers that Stripe publishes for tests, and not after a slip of one digit", () => {
    for (const number of ["4242424242424242", "4000000000000002", "5555555555554444", "378282246310005"]) {
      expect(hasValidCheckDigit(number)).toBe(true);
      expect(hasValidCheckDigit(`${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`)).toBe(false);
    }
  });
});
