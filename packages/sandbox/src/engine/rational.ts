/**
 * An exact fraction. Amounts pass through the engine as fractions and are rounded once, where a line of an invoice is
 * written, so that no cent depends on floating point or on the order of the steps.
 */
export type Rational = { numerator: bigint; denominator: bigint };

export const ZERO: Rational = { numerator: 0n, denominator: 1n };

export function ratio(numerator: number | bigint, denominator: number | bigint): Rational {
  const below = BigInt(denominator);
  if (below === 0n) throw new RangeError("a ratio needs a denominator other than 0");
  const above = BigInt(numerator);
  return below < 0n ? { numerator: -above, denominator: -below } : { numerator: above, denominator: below };
}

/** Reads a decimal such as `10.5`, as Stripe writes `unit_amount_decimal` and `quantity_decimal`. */
export function fromDecimal(decimal: string | number): Rational {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(String(decimal).trim());
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match ?? [];
  if (whole === "" && fraction === "") throw new RangeError(`not a decimal number: ${decimal}`);
  const digits = BigInt(`${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  const value = scale >= 0 ? ratio(digits, 10n ** BigInt(scale)) : ratio(digits * 10n ** BigInt(-scale), 1);
  return sign === "-" ? negate(value) : value;
}

export function add(a: Rational, b: Rational): Rational {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function multiply(a: Rational, b: Rational): Rational {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Rational, b: Rational): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The nearest whole number; a tie goes away from zero, so that a credit mirrors its debit to the cent. */
export function roundHalfUp({ numerator, denominator }: Rational): number {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = Number((2n * size + denominator) / (2n * denominator));
  return numerator < 0n && rounded !== 0 ? -rounded : rounded;
}

/** The largest whole number that is not above the fraction. */
export function floor({ numerator, denominator }: Rational): number {
  const towardsZero = numerator / denominator;
  return Number(numerator < 0n && towardsZero * denominator !== numerator ? towardsZero - 1n : towardsZero);
}

/** The smallest whole number that is not below the fraction. */
export function ceil(a: Rational): number {
  return 0 - floor(negate(a));
}

const DECIMAL_PLACES = 12;

/** As Stripe writes a decimal: at most 12 places, no trailing zeros. */
export function toDecimal({ numerator, denominator }: Rational): string {
  const size = numerator < 0n ? -numerator : numerator;
  const unit = 10n ** BigInt(DECIMAL_PLACES);
  const scaled = (2n * size * unit + denominator) / (2n * denominator);
  const fraction = (scaled % unit).toString().padStart(DECIMAL_PLACES, "0").replace(/0+$/, "");
  const digits = fraction === "" ? `${scaled / unit}` : `${scaled / unit}.${fraction}`;
  return numerator < 0n && scaled > 0n ? `-${digits}` : digits;
}
