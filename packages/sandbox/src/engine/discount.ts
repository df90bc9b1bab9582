import { addInterval } from "./cadence.js";
import type { Instant } from "./instant.js";
import { floor, fromDecimal, multiply, ratio, roundHalfUp } from "./rational.js";

/** What of a coupon decides an amount: one of `percentOff` (0 to 100) and `amountOff` (minor units). */
export type CouponTerms = { percentOff: number | null; amountOff: number | null };

/** How long a coupon counts. */
export type CouponDuration =
  | { duration: "once" | "forever"; durationInMonths?: null }
  | { duration: "repeating"; durationInMonths: number };

/** When a discount that begins at `start` ends; null for one that ends by being used once, or never. */
export function discountEnd(coupon: CouponDuration, start: Instant): Instant | null {
  if (coupon.duration !== "repeating") return null;
  return addInterval(start, { interval: "month", intervalCount: coupon.durationInMonths });
}

/** What a coupon takes off an amount; never more than the amount itself. */
export function discountAmount({ percentOff, amountOff }: CouponTerms, amount: number): number {
  if (amount <= 0) return 0;
  if (amountOff !== null) return Math.min(amountOff, amount);
  return roundHalfUp(multiply(ratio(amount, 100), fromDecimal(percentOff ?? 0)));
}

/**
 * Spreads a discount over amounts in proportion. Shares are rounded down and what is left over goes to the last amount
 * that has room for it, so the shares always sum to the discount and none exceeds its amount.
 *
 * Source: Stripe, "Prorations": 5.00 off 10.00 and 20.00 is 1.66 and 3.34.
 */
export function allocateDiscount(discount: number, amounts: readonly number[]): number[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (total <= 0) return amounts.map(() => 0);
  const shares = amounts.map((amount) => floor(ratio(BigInt(discount) * BigInt(amount), total)));
  let left = discount - shares.reduce((sum, share) => sum + share, 0);
  for (let index = amounts.length - 1; index >= 0 && left > 0; index -= 1) {
    const share = shares[index] ?? 0;
    const more = Math.min(left, (amounts[index] ?? 0) - share);
    shares[index] = share + more;
    left -= more;
  }
  return shares;
}
