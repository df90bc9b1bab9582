import { discountAmount, discountEnd } from "../engine/discount.js";
import type { Instant } from "../engine/instant.js";
import type { CheckoutSession } from "../world/objects/checkout.js";
import type { Coupon } from "../world/objects/discount.js";
import type { World } from "../world/world.js";

/** What the session's coupon still takes off when the first full period begins. */
export function laterDiscount(
  world: World,
  session: CheckoutSession,
  { amount, now, from }: { amount: number; now: Instant; from: Instant },
): number {
  const coupon = couponOf(world, session);
  if (coupon === null || coupon.duration === "once") return 0;
  const isRepeating = coupon.duration === "repeating" && coupon.duration_in_months !== null;
  const end = isRepeating
    ? discountEnd({ duration: "repeating", durationInMonths: coupon.duration_in_months ?? 0 }, now)
    : null;
  if (end !== null && end <= from) return 0;
  return discountAmount({ percentOff: coupon.percent_off, amountOff: coupon.amount_off }, amount);
}

/** The coupon of a checkout session, by itself or through a promotion code. */
export function couponOf(world: World, session: CheckoutSession): Coupon | null {
  const [discount] = session.discounts;
  const code = discount?.promotion_code ? world.get("promotion_code", discount.promotion_code) : null;
  const id = code?.promotion.coupon ?? discount?.coupon ?? null;
  return id === null ? null : world.get("coupon", id);
}

/** `Launch (25% off for 3 months)`: what it is, and for how long. */
export function describeCoupon(coupon: Coupon, code: string | null): string {
  const off = coupon.percent_off !== null ? `${coupon.percent_off}% off` : null;
  const long = coupon.duration === "repeating" ? `for ${coupon.duration_in_months} months` : null;
  const terms = [off, long].filter((part) => part !== null).join(" ");
  const name = coupon.name ?? code ?? coupon.id;
  return terms === "" ? name : `${name} (${terms})`;
}
