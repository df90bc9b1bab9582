import { lineItemsOf, subscriptionDataOf, trialEndOf } from "../billing/checkout-order.js";
import { isMetered, toTerms } from "../billing/price-terms.js";
import { periodAt } from "../engine/cadence.js";
import { priceAmount } from "../engine/price-lines.js";
import type { CheckoutLine, CheckoutView } from "../world/hosted/checkout.js";
import type { CheckoutLineItem, CheckoutSession } from "../world/objects/checkout.js";
import { savedCards } from "../world/saved-cards.js";
import type { World } from "../world/world.js";
import { couponOf, describeCoupon, laterDiscount } from "./session-coupon.js";

function toLine(world: World, item: CheckoutLineItem): CheckoutLine {
  const price = world.get("price", item.price);
  const product = world.get("product", price.product);
  const adjustable = item.adjustable_quantity;
  return {
    id: item.id,
    name: product.name,
    description: product.description,
    quantity: item.quantity ?? 1,
    amount: item.amount_subtotal,
    unitAmount: price.unit_amount,
    recurring: price.recurring
      ? {
          interval: price.recurring.interval,
          intervalCount: price.recurring.interval_count,
          isMetered: isMetered(price),
        }
      : null,
    adjustable: adjustable?.enabled
      ? { minimum: adjustable.minimum ?? 0, maximum: adjustable.maximum ?? 99 }
      : null,
  };
}

export function viewCheckout(world: World, session: CheckoutSession): CheckoutView {
  const customer = session.customer === null ? undefined : world.find("customer", session.customer);
  const [discount] = session.discounts;
  const code = discount?.promotion_code ? world.get("promotion_code", discount.promotion_code) : null;
  const coupon = couponOf(world, session);
  const off = session.total_details?.amount_discount ?? 0;
  return {
    id: session.id,
    mode: session.mode,
    status: session.status,
    currency: session.currency ?? "usd",
    lines: lineItemsOf(world, session).map((item) => toLine(world, item)),
    subtotal: session.amount_subtotal ?? 0,
    discounts: coupon === null ? [] : [{ label: describeCoupon(coupon, code?.code ?? null), amount: off }],
    total: session.amount_total ?? 0,
    later: later(world, session),
    trialEnd: trialEndOf(world, session),
    allowsPromotionCodes: session.allow_promotion_codes === true,
    promotionCode: code?.code ?? null,
    needsCard: needsCard(session),
    needsTermsOfService: session.consent_collection?.terms_of_service === "required",
    email: customer?.email ?? session.customer_email ?? session.customer_details?.email ?? null,
    emailIsFixed:
      (customer?.email ?? session.customer_email) !== null &&
      (customer?.email ?? session.customer_email) !== undefined,
    savedCards: session.mode === "setup" ? [] : savedCards(world, session.customer),
    customFields: session.custom_fields.map(({ key, label, type, optional, dropdown }) => ({
      key,
      label: label.custom ?? key,
      type,
      optional,
      options: [...(dropdown?.options ?? [])],
    })),
    submitType: session.submit_type,
    submitMessage: session.custom_text.submit?.message ?? null,
    cancelUrl: session.cancel_url,
    successUrl: redirectUrl(session),
    expiresAt: session.expires_at,
  };
}

/** What the subscription takes every period from the first full one on. */
function later(world: World, session: CheckoutSession): CheckoutView["later"] {
  if (session.mode !== "subscription") return null;
  const recurring = lineItemsOf(world, session).filter(
    ({ price }) => world.get("price", price).recurring !== null,
  );
  const first = recurring[0] && world.get("price", recurring[0].price).recurring;
  if (!first) return null;
  const amount = recurring.reduce((sum, item) => {
    const price = world.get("price", item.price);
    return isMetered(price) ? sum : sum + priceAmount(toTerms(price), String(item.quantity ?? 1));
  }, 0);
  const now = world.nowFor(session.customer);
  const anchor = trialEndOf(world, session) ?? subscriptionDataOf(session).billing_cycle_anchor ?? null;
  const from =
    anchor ??
    periodAt({ interval: first.interval, intervalCount: first.interval_count, anchor: now }, now).end;
  const off = laterDiscount(world, session, { amount, now, from });
  return { amount: amount - off, interval: first.interval, intervalCount: first.interval_count, from };
}

/** Only a subscription that costs nothing today may do without a card, and only when the session says so. */
export function needsCard({ mode, payment_method_collection, amount_total }: CheckoutSession): boolean {
  if (mode === "setup") return true;
  return (amount_total ?? 0) > 0 || (mode === "subscription" && payment_method_collection !== "if_required");
}

export function redirectUrl({ id, success_url, return_url }: CheckoutSession): string | null {
  const url = success_url ?? return_url ?? null;
  return url?.replaceAll("{CHECKOUT_SESSION_ID}", id) ?? null;
}
