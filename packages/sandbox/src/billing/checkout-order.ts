import { priceAmount } from "../engine/price-lines.js";
import { totalLines } from "../engine/total-lines.js";
import { trialEnd as trialEndAfter } from "../engine/trial.js";
import type { CheckoutLineItem, CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import type { DiscountRequest } from "./discounts.js";
import { isMetered, toTerms } from "./price-terms.js";

/** What `subscription_data` says, as far as a session carries it. */
export type SubscriptionData = {
  billing_cycle_anchor?: number;
  billing_mode?: {
    type: "classic" | "flexible";
    flexible?: { proration_discounts?: "included" | "itemized" };
  };
  description?: string;
  invoice_settings?: { description?: string };
  metadata?: Record<string, string>;
  proration_behavior?: "create_prorations" | "none";
  trial_end?: number;
  trial_period_days?: number;
  trial_settings?: { end_behavior: { missing_payment_method: "cancel" | "create_invoice" | "pause" } };
};

/** The line items of a session, in order. */
export function lineItemsOf(world: World, session: CheckoutSession): CheckoutLineItem[] {
  return session.hidden.lineItems.map((id) => world.get("item", id));
}

export function subscriptionDataOf(session: CheckoutSession): SubscriptionData {
  return session.hidden.subscriptionData as SubscriptionData;
}

/** When the trial of a session would end, were it finished now; null without one. */
export function trialEndOf(world: World, session: CheckoutSession): number | null {
  const { trial_end, trial_period_days } = subscriptionDataOf(session);
  if (trial_end !== undefined) return trial_end;
  return trial_period_days === undefined
    ? null
    : trialEndAfter(world.nowFor(session.customer), trial_period_days);
}

/** What a session redeems when it is finished. */
export function discountRequests(session: CheckoutSession): DiscountRequest[] {
  return session.discounts.map(({ coupon, promotion_code }) =>
    promotion_code === null ? { coupon } : { promotion_code },
  );
}

/**
 * Brings a session's amounts in step with its lines and discounts: what is due now, so nothing of a recurring line in a
 * trial and nothing of usage.
 */
export function totalSession(world: World, id: string): CheckoutSession {
  const session = world.get("checkout.session", id);
  if (session.mode === "setup") return session;
  const isTrial = trialEndOf(world, session) !== null;
  const items = lineItemsOf(world, session);
  const amounts = items.map((item) => {
    const price = world.get("price", item.price);
    const isLater = isMetered(price) || (isTrial && price.recurring !== null);
    return isLater ? 0 : priceAmount(toTerms(price), String(item.quantity ?? 1));
  });
  const totals = totalLines(
    amounts.map((amount) => ({ amount, isDiscountable: true, discounts: [] })),
    session.discounts.map((one, index) => ({ id: String(index), ...termsOf(world, one) })),
  );
  for (const [index, item] of items.entries()) {
    const off = (totals.lineDiscounts[index] ?? []).reduce((sum, { amount }) => sum + amount, 0);
    const subtotal = amounts[index] ?? 0;
    world.change("item", item.id, {
      amount_subtotal: subtotal,
      amount_discount: off,
      amount_total: subtotal - off,
    });
  }
  return world.change("checkout.session", id, {
    amount_subtotal: totals.subtotal,
    amount_total: totals.total,
    total_details: { amount_discount: totals.subtotal - totals.total, amount_shipping: 0, amount_tax: 0 },
  });
}

function termsOf(world: World, { coupon, promotion_code }: CheckoutSession["discounts"][number]) {
  const id =
    promotion_code === null ? (coupon ?? "") : world.get("promotion_code", promotion_code).promotion.coupon;
  const { percent_off, amount_off } = world.get("coupon", id);
  return { percentOff: percent_off, amountOff: amount_off };
}
