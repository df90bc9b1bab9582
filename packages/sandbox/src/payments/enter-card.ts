import type { Instant } from "../engine/instant.js";
import { isExpired, readCard } from "../engine/read-card.js";
import type { CardEntry, Problem } from "../world/hosted/payment.js";
import { findTestCard, type TestCard } from "./test-cards.js";

export type EnteredCard = { card: TestCard; expMonth: number; expYear: number };

/** The names of the inputs on the hosted pages. */
const FIELDS = { number: "cardNumber", expiry: "cardExpiry", cvc: "cardCvc" } as const;

/** The test card that a person typed into a form, or what to tell them about the first input that is wrong. */
export function enterCard(entry: CardEntry, now: Instant): EnteredCard | Problem {
  const { card: typed, faults } = readCard(entry);
  if (typed === null) {
    for (const [input, field] of Object.entries(FIELDS)) {
      const message = faults[input as keyof typeof FIELDS];
      if (message !== undefined) return { type: "problem", field, message };
    }
  }
  if (typed === null) return { type: "problem", field: "cardNumber", message: "Enter your card." };
  if (isExpired(typed, now))
    return { type: "problem", field: "cardExpiry", message: "Your card has expired." };
  const card = findTestCard(typed.number);
  if (card === undefined) {
    const message = "This is a sandbox: use a test card, such as 4242 4242 4242 4242.";
    return { type: "problem", field: "cardNumber", message };
  }
  return { card, expMonth: typed.expMonth, expYear: typed.expYear };
}
