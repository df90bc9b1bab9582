import { newId } from "../world/new-id.js";
import type { CheckoutLineItem, CheckoutSession } from "../world/objects/checkout.js";
import type { World } from "../world/world.js";
import { lineItemsOf, totalSession } from "./checkout-order.js";

/**
 * A new session that is a copy of one that expired, by its recovery link; null where there is no such link, and once the link
 * itself has expired. Promotion codes are redeemable in it where `recovery.allow_promotion_codes` says so; a code that a
 * person had typed in is left behind.
 */
export function recoverSession(world: World, id: string): CheckoutSession | null {
  const expired = world.find("checkout.session", id);
  const recovery = expired?.after_expiration?.recovery;
  const now = world.nowOn(null);
  if (!expired || !recovery?.url || now >= (recovery.expires_at ?? 0)) return null;
  const copy = newId("checkout.session");
  const lines = lineItemsOf(world, expired).map(
    (line) => world.put<CheckoutLineItem>({ ...line, id: newId("item") }).id,
  );
  world.put<CheckoutSession>({
    ...expired,
    id: copy,
    after_expiration: { recovery: { ...recovery, expires_at: null, url: null } },
    allow_promotion_codes: recovery.allow_promotion_codes,
    consent: expired.consent && { promotions: null, terms_of_service: null },
    created: now,
    discounts: expired.allow_promotion_codes ? [] : expired.discounts,
    expires_at: now + (expired.expires_at - expired.created),
    payment_intent: null,
    recovered_from: id,
    setup_intent: null,
    status: "open",
    url: `${world.url}/c/pay/${copy}`,
    hidden: { ...expired.hidden, awaiting: null, lineItems: lines },
  });
  return totalSession(world, copy);
}
