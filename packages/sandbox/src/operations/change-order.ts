import { totalSession } from "../billing/checkout-order.js";
import { codeFault } from "../billing/discounts.js";
import type { Problem } from "../world/hosted/payment.js";
import type { CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { problem } from "./problem.js";

export function changeQuantity(
  world: World,
  id: string,
  { lineId, quantity }: { lineId: string; quantity: number },
): Problem | null {
  const session = world.find("checkout.session", id);
  const item = session?.hidden.lineItems.includes(lineId) ? world.get("item", lineId) : undefined;
  const range = item?.adjustable_quantity;
  if (session?.status !== "open" || item === undefined || !range?.enabled) {
    return problem("quantity", "The quantity of this item cannot be changed.");
  }
  const [minimum, maximum] = [range.minimum ?? 0, range.maximum ?? 99];
  if (!Number.isInteger(quantity) || quantity < minimum || quantity > maximum) {
    return problem("quantity", `Choose a quantity from ${minimum} to ${maximum}.`);
  }
  world.change("item", lineId, { quantity });
  totalSession(world, id);
  return null;
}

export function applyPromotionCode(world: World, id: string, text: string): Problem | null {
  const session = world.find("checkout.session", id);
  if (session?.status !== "open" || session.allow_promotion_codes !== true) {
    return problem("promotionCode", "This order takes no promotion codes.");
  }
  const wanted = text.trim().toLowerCase();
  const codes = world.list("promotion_code").filter(({ code }) => code.toLowerCase() === wanted);
  const code = codes.find(({ active }) => active) ?? codes[0];
  if (code === undefined) return problem("promotionCode", "This code is invalid.");
  const fault = codeFault(world, code, session.customer) ?? amountFault(session, code.restrictions);
  if (fault !== null) return problem("promotionCode", fault);
  world.change("checkout.session", id, { discounts: [{ coupon: null, promotion_code: code.id }] });
  totalSession(world, id);
  return null;
}

function amountFault(
  { amount_subtotal, currency }: CheckoutSession,
  {
    minimum_amount,
    minimum_amount_currency,
  }: { minimum_amount: number | null; minimum_amount_currency: string | null },
): string | null {
  if (minimum_amount === null || minimum_amount_currency !== currency) return null;
  return (amount_subtotal ?? 0) >= minimum_amount ? null : "This order is too small for this promotion code.";
}
