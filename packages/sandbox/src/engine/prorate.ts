import { type Instant, lengthOf, type Period } from "./instant.js";
import { multiply, type Rational, ratio, roundHalfUp } from "./rational.js";

/**
 * Something that was really billed for a span of time and has not been credited since: the base of a credit under
 * flexible billing. `amount` is net of its discounts, in minor units.
 */
export type Debit = { amount: number; period: Period };

/** What is due for the rest of a period, from `at`: the share of the exact full price by seconds, rounded half up. */
export function prorateDebit({
  fullAmount,
  fullPeriod,
  from,
  to = fullPeriod.end,
}: {
  fullAmount: Rational;
  fullPeriod: Period;
  from: Instant;
  to?: Instant;
}): number {
  return roundHalfUp(multiply(fullAmount, ratio(Math.max(0, to - from), lengthOf(fullPeriod))));
}

/**
 * What is given back of a debit for its time after `at`; 0 or negative, and never more than was debited.
 *
 * Source: Stripe, "Prorations": `round(price * quantity * remaining / period)` in seconds, per line; flexible billing
 * credits what was debited, whatever the price is by now.
 */
export function prorateCredit({ amount, period }: Debit, at: Instant): number {
  if (lengthOf(period) <= 0) return 0;
  const unused = period.end - Math.min(Math.max(at, period.start), period.end);
  return 0 - roundHalfUp(multiply(ratio(amount, 1), ratio(unused, lengthOf(period))));
}

/** A credit and the debit that it takes back. */
export type Credit<D extends Debit> = { debit: D; amount: number; period: Period };

/** The credits for all debits that still reach beyond `at`, in the order given. */
export function creditsFor<D extends Debit>(debits: readonly D[], at: Instant): Credit<D>[] {
  return debits
    .filter(({ period }) => period.end > at)
    .map((debit) => ({
      debit,
      amount: prorateCredit(debit, at),
      period: { start: Math.max(at, debit.period.start), end: debit.period.end },
    }));
}
