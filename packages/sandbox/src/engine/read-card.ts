import type { Instant } from "./instant.js";

/** The three inputs of a card form, as typed. */
export type CardInput = { number: string; expiry: string; cvc: string };

/** A card that was typed completely and has a valid check digit; whether it pays is another question. */
export type TypedCard = { number: string; expMonth: number; expYear: number; cvc: string };

/** What is wrong with each input, in words for the person at the form. */
export type CardFaults = Partial<Record<keyof CardInput, string>>;

/** Reads a card form; all faults are reported at once. */
export function readCard(
  input: CardInput,
): { card: TypedCard; faults: null } | { card: null; faults: CardFaults } {
  const number = input.number.replace(/[\s-]/g, "");
  const expiry = readExpiry(input.expiry);
  const cvc = input.cvc.trim();
  const faults: CardFaults = {
    ...fault("number", numberFault(number)),
    ...fault("expiry", expiryFault(expiry)),
    ...fault("cvc", cvcFault(cvc, number)),
  };
  if (expiry === null || Object.keys(faults).length > 0) return { card: null, faults };
  return { card: { number, ...expiry, cvc }, faults: null };
}

/** Whether the last month on the card is over. */
export function isExpired(
  { expMonth, expYear }: Pick<TypedCard, "expMonth" | "expYear">,
  now: Instant,
): boolean {
  return now >= Date.UTC(expYear, expMonth, 1) / 1_000;
}

/** The check digit of ISO/IEC 7812: from the right, every second digit doubled; the sum of digits is a multiple of 10. */
export function hasValidCheckDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function fault(field: keyof CardInput, message: string | null): CardFaults {
  return message === null ? {} : { [field]: message };
}

function numberFault(number: string): string | null {
  if (number === "") return "Enter your card number.";
  if (!/^\d*$/.test(number)) return "A card number has only digits.";
  if (number.length < 13) return "Your card number is incomplete.";
  return number.length <= 19 && hasValidCheckDigit(number) ? null : "Your card number is invalid.";
}

function cvcFault(cvc: string, number: string): string | null {
  if (cvc === "") return "Enter the security code of your card.";
  const length = /^3[47]/.test(number) ? 4 : 3;
  return /^\d+$/.test(cvc) && cvc.length === length ? null : `The security code has ${length} digits.`;
}

function readExpiry(text: string): { expMonth: number; expYear: number } | null {
  const match = /^\s*(?:(\d{1,2})\s*[/-]\s*|(\d{2})\s?)(\d{4}|\d{2})\s*$/.exec(text);
  if (match === null) return null;
  const year = Number(match[3]);
  return { expMonth: Number(match[1] ?? match[2]), expYear: year < 100 ? 2_000 + year : year };
}

function expiryFault(expiry: ReturnType<typeof readExpiry>): string | null {
  if (expiry === null) return "Enter month and year, such as 12 / 34.";
  return expiry.expMonth >= 1 && expiry.expMonth <= 12 ? null : "A month is a number from 1 to 12.";
}
