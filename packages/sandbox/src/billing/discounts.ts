import { discountEnd } from "../engine/discount.js";
import { invalid, missingReference } from "../wire/errors.js";
import { newId } from "../world/new-id.js";
import type { Coupon, Discount, PromotionCode } from "../world/objects/discount.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { World } from "../world/world.js";
import { subscriptionOf } from "./create-invoice.js";

/** A discount as a request names it: exactly one of the three. */
export type DiscountRequest = {
  coupon?: string | null;
  promotion_code?: string | null;
  discount?: string | null;
};

/** What the discount is of; the customer is the one who gets it. */
export type DiscountTarget = {
  customer: string;
  subscription?: string;
  subscriptionItem?: string;
  invoice?: string;
  invoiceItem?: string;
  checkoutSession?: string;
};

/** Redeems coupons and promotion codes; a discount that is there already stays the same one. */
export function applyDiscounts(
  world: World,
  requests: readonly DiscountRequest[],
  target: DiscountTarget,
): string[] {
  return requests.map((request, index) => {
    if (request.discount) return existing(world, request.discount, `discounts[${index}][discount]`);
    const code = request.promotion_code ? redeemCode(world, request.promotion_code, target) : null;
    const coupon = code ? code.promotion.coupon : (request.coupon ?? "");
    return redeem(world, requireCoupon(world, coupon, `discounts[${index}][coupon]`), { target, code }).id;
  });
}

/** @throws ApiError 400 for a coupon that is not there, or whose time or redemptions are over */
export function requireCoupon(world: World, id: string, param = "coupon"): Coupon {
  const coupon = world.find("coupon", id);
  if (!coupon || coupon.hidden.isDeleted) throw missingReference("coupon", id, param);
  if (!isCouponValid(coupon, world.nowOn(null))) {
    throw invalid(`Coupon ${id} is used up or expired and cannot be redeemed.`, {
      code: "coupon_expired",
      param,
    });
  }
  return coupon;
}

export function isCouponValid({ redeem_by, max_redemptions, times_redeemed }: Coupon, now: number): boolean {
  if (redeem_by !== null && redeem_by <= now) return false;
  return max_redemptions === null || times_redeemed < max_redemptions;
}

/** @throws ApiError 400 for a code that is inactive, over, another customer's, or for first orders only */
function redeemCode(world: World, id: string, { customer }: { customer: string }): PromotionCode {
  const code = world.find("promotion_code", id);
  if (!code) throw missingReference("promotion code", id, "promotion_code");
  const fault = codeFault(world, code, customer);
  if (fault !== null) throw invalid(fault, { param: "promotion_code" });
  return code;
}

/** Why a promotion code can't be used by a customer (null: a new one); null when it can. */
export function codeFault(world: World, code: PromotionCode, customer: string | null): string | null {
  const now = world.nowFor(customer);
  if (!code.active) return "This promotion code is no longer active.";
  if (code.expires_at !== null && code.expires_at <= now) return "This promotion code has expired.";
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) {
    return "This promotion code has been used up.";
  }
  if (code.customer !== null && code.customer !== customer)
    return "This promotion code is for another customer.";
  const hasPaid = customer !== null && hasPaidBefore(world, customer);
  if (code.restrictions.first_time_transaction && hasPaid) {
    return "This promotion code is for first-time customers.";
  }
  return null;
}

/** Ends a discount; the invoices that name it can still show it. */
export function endDiscount(world: World, id: string): void {
  const discount = world.get("discount", id);
  if (discount.hidden.hasEnded) return;
  const ended = world.change("discount", id, { hidden: { hasEnded: true } });
  world.emit("customer.discount.deleted", ended);
}

/** Takes ended discounts off what they were of. */
export function detachDiscount(world: World, id: string): void {
  const { subscription, subscription_item, customer } = world.get("discount", id);
  const without = (ids: readonly string[]) => ids.filter((one) => one !== id);
  if (subscription_item !== null) {
    const item = world.find("subscription_item", subscription_item);
    if (item) {
      world.track("subscription", item.subscription, "customer.subscription.updated", () =>
        world.change("subscription_item", item.id, { discounts: without(item.discounts) }),
      );
    }
  } else if (subscription !== null) {
    world.track("subscription", subscription, "customer.subscription.updated", () =>
      world.change("subscription", subscription, {
        discounts: without(world.get("subscription", subscription).discounts),
      }),
    );
  } else if (customer !== null && world.find("customer", customer)?.discount === id) {
    world.track("customer", customer, "customer.updated", () =>
      world.change("customer", customer, { discount: null }),
    );
  }
  endDiscount(world, id);
}

/** A coupon that counts once is spent by the first invoice that is finalized with it. */
export function spendDiscounts(world: World, invoice: Invoice): void {
  if (subscriptionOf(invoice) === null) return;
  for (const { discount } of invoice.total_discount_amounts) {
    const { source, hidden } = world.get("discount", discount);
    if (!hidden.hasEnded && world.get("coupon", source.coupon).duration === "once")
      detachDiscount(world, discount);
  }
}

/** The discounts of an invoice of the subscription: its own, or else the customer's. */
export function discountsOf(
  world: World,
  subscription: { customer: string; discounts: readonly string[] },
): readonly string[] {
  if (subscription.discounts.length > 0) return subscription.discounts;
  const { discount } = world.get("customer", subscription.customer);
  return discount === null ? [] : [discount];
}

function redeem(
  world: World,
  coupon: Coupon,
  { target, code }: { target: DiscountTarget; code: PromotionCode | null },
): Discount {
  const start = world.nowFor(target.customer);
  const discount = world.put<Discount>({
    id: newId("discount"),
    object: "discount",
    checkout_session: target.checkoutSession ?? null,
    customer: target.customer,
    customer_account: null,
    end:
      coupon.duration === "repeating"
        ? discountEnd({ duration: "repeating", durationInMonths: coupon.duration_in_months ?? 1 }, start)
        : null,
    invoice: target.invoice ?? null,
    invoice_item: target.invoiceItem ?? null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start,
    subscription: target.subscription ?? null,
    subscription_item: target.subscriptionItem ?? null,
    hidden: { hasEnded: false },
  });
  countRedemption(world, coupon, code);
  world.emit("customer.discount.created", discount);
  return discount;
}

function countRedemption(world: World, coupon: Coupon, code: PromotionCode | null): void {
  world.track("coupon", coupon.id, "coupon.updated", () => {
    const used = { ...coupon, times_redeemed: coupon.times_redeemed + 1 };
    world.put({ ...used, valid: isCouponValid(used, world.nowOn(null)) });
  });
  if (code === null) return;
  world.track("promotion_code", code.id, "promotion_code.updated", () => {
    const used = code.times_redeemed + 1;
    const isOver = code.max_redemptions !== null && used >= code.max_redemptions;
    world.change("promotion_code", code.id, { times_redeemed: used, active: code.active && !isOver });
  });
}

function existing(world: World, id: string, param: string): string {
  if (!world.find("discount", id)) throw missingReference("discount", id, param);
  return id;
}

function hasPaidBefore(world: World, customer: string): boolean {
  return (
    world.ofCustomer("charge", customer).some(({ paid }) => paid) ||
    world
      .ofCustomer("invoice", customer)
      .some(({ status, amount_paid }) => status === "paid" && amount_paid > 0)
  );
}
