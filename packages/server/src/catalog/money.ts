/** Currencies whose smallest unit is the whole one (Stripe: "Supported currencies", zero-decimal currencies). */
const zeroDecimal = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
/** Sent to Stripe with two decimals that have to be 00. */
const twoDecimalsOfZero = new Set(["isk", "ugx"]);
/** Sent to Stripe with three decimals of which the last has to be 0. */
const threeDecimals = new Set("bhd jod kwd omr tnd".split(" "));

/** Stripe takes amounts of at most this many digits. */
const maxDigits = 12;

/** How many decimals a person may write, and how many Stripe's integer has. */
function decimalsOf(currency: string): { written: number; sent: number } {
  if (zeroDecimal.has(currency)) return { written: 0, sent: 0 };
  if (twoDecimalsOfZero.has(currency)) return { written: 0, sent: 2 };
  if (threeDecimals.has(currency)) return { written: 2, sent: 3 };
  return { written: 2, sent: 2 };
}

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
