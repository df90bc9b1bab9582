import { describe, expect, it } from "vitest";
import { explainDecline, explainDeclineCode } from "./explain-decline.js";

const decline = (code: string, declineCode: string | null) =>
  explainDecline({ message: "The bank said no.", code, declineCode });

describe("explainDecline", () => {
  it("says what happened and what to do", () => {
    expect(decline("card_declined", "generic_decline")).toBe("Your card was declined. Try a different card.");
    expect(decline("card_declined", "insufficient_funds")).toBe(
      "Your card has insufficient funds. Try a different card.",
    );
    expect(decline("incorrect_cvc", null)).toBe(
      "Your card's security code is incorrect. Check it and try again.",
    );
  });

  it("does not tell that a card was reported stolen", () => {
    expect(decline("card_declined", "stolen_card")).toBe(decline("card_declined", "generic_decline"));
  });

  it("falls back to the bank's words", () => {
    expect(decline("card_declined", "do_not_honor")).toBe("The bank said no. Try a different card.");
  });
});

describe("explainDeclineCode", () => {
  it("knows only codes, so an address cannot put words on the page", () => {
    expect(explainDeclineCode("expired_card")).toBe("Your card has expired. Try a different card.");
    expect(explainDeclineCode("Call this number: 555")).toBeNull();
    expect(explainDeclineCode(undefined)).toBeNull();
    expect(explainDeclineCode("constructor")).toBeNull();
  });
});
