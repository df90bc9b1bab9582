import { decimalsOf } from "./currency.js";
import { fromDecimal, multiply, ratio, toDecimal } from "./rational.js";

/**
 * An amount as a person reads it: `$32.52`, `¥500`, `CHF 10.00`. Takes decimals of a minor unit too (`"10.5"` cents is
 * `$0.105`), as unit prices of metered plans have them.
 */
export function formatAmount(amount: number | string, currency: string): string {
  const decimals = decimalsOf(currency);
  const major = toDecimal(multiply(fromDecimal(amount), ratio(1, 10 ** decimals)));
  const [sign, digits] = major.startsWith("-") ? ["-", major.slice(1)] : ["", major];
  const [whole = "0", fraction = ""] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const padded = fraction.padEnd(decimals, "0");
  return `${sign}${symbolOf(currency)}${padded === "" ? grouped : `${grouped}.${padded}`}`;
}

/** Making a formatter is slow, and a renewal describes every line of its invoice. */
const symbols = new Map<string, string>();

function symbolOf(currency: string): string {
  const known = symbols.get(currency);
  if (known !== undefined) return known;
  const symbol = readSymbol(currency);
  symbols.set(currency, symbol);
  return symbol;
}

function readSymbol(currency: string): string {
  const parts = new Intl.NumberFormat("en-US", { style: "currency", currency }).formatToParts(0);
  const symbol = parts.find(({ type }) => type === "currency")?.value ?? currency.toUpperCase();
  return /[A-Z]$/.test(symbol) ? `${symbol} ` : symbol;
}
