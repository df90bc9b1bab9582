import { decimalsOf } from "../contract/index.js";

/** Stripe takes amounts of at most this many digits. */
const maxDigits = 12;

/**
 * `"19.99"` USD is 1999, `500` JPY is 500. Digits are moved as text, so nothing is rounded. Throws a `RangeError` that says
 * what is wrong with the amount.
 */
export function toMinorUnits(amount: string | number, currency: string): number {
  const text = String(amount);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`${JSON.stringify(amount)} is not an amount such as "19.99"`);
  const [, whole = "", fraction = ""] = match;
  const { written, sent } = decimalsOf(currency);
  if (fraction.length > written) {
    throw new RangeError(`${text} has more decimals than ${currency.toUpperCase()} allows (${written})`);
  }
  const digits = (whole + fraction.padEnd(sent, "0")).replace(/^0+(?=\d)/, "");
  if (digits.length > maxDigits) throw new RangeError(`${text} is more than Stripe can charge`);
  return Number(digits);
}
