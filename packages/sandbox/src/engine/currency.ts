const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const THREE_DECIMAL = new Set("bhd jod kwd omr tnd".split(" "));

/** How many decimals an amount of the currency has on the wire: 500 is JPY 500 and USD 5.00. */
export function decimalsOf(currency: string): number {
  const code = currency.toLowerCase();
  if (ZERO_DECIMAL.has(code)) return 0;
  return THREE_DECIMAL.has(code) ? 3 : 2;
}

const MINIMUM_CHARGES: Readonly<Record<string, number>> = {
  usd: 50,
  eur: 50,
  chf: 50,
  cad: 50,
  aud: 50,
  gbp: 30,
  jpy: 50,
  sek: 300,
  nok: 300,
  dkk: 250,
  pln: 200,
  czk: 1_500,
  mxn: 1_000,
  huf: 17_500,
};

/** The smallest amount that can be charged, in minor units. Source: Stripe, "Supported currencies"; 0 where it names none. */
export function minimumCharge(currency: string): number {
  return MINIMUM_CHARGES[currency.toLowerCase()] ?? 0;
}
