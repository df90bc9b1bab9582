/** Currencies whose smallest unit is the whole one (Stripe: "Supported currencies", zero-decimal currencies). */
const zeroDecimal = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf";
/** Sent to Stripe with two decimals that have to be 00. */
const twoDecimalsOfZero = "isk ugx";
/** Sent to Stripe with three decimals of which the last has to be 0. */
const threeDecimals = "bhd jod kwd omr tnd";

/** How many decimals a person writes and reads, and how many Stripe's integer has. `currency` is lowercase ISO 4217. */
export function decimalsOf(currency: string): { written: number; sent: number } {
  if (zeroDecimal.includes(currency)) return { written: 0, sent: 0 };
  if (twoDecimalsOfZero.includes(currency)) return { written: 0, sent: 2 };
  if (threeDecimals.includes(currency)) return { written: 2, sent: 3 };
  return { written: 2, sent: 2 };
}
