import type { PortalFlow } from "../../world/hosted/portal.js";

/** A change of plan as the portal's forms carry it; what is left out stays as it is. */
export type RequestedChange = { price?: string; quantity?: string; promotionCode?: string };

const FIELDS = ["price", "quantity", "promotionCode"] as const;

/** Reads a change from a form or an address. */
export function readChange(get: (name: string) => string | undefined): RequestedChange {
  return Object.fromEntries(FIELDS.flatMap((name) => (get(name) ? [[name, get(name)]] : [])));
}

/** The change that a deep link asks to confirm. */
export function changeOfFlow({ change }: PortalFlow): RequestedChange {
  return {
    ...(change?.priceId ? { price: change.priceId } : {}),
    ...(change?.quantity ? { quantity: String(change.quantity) } : {}),
  };
}

/** The same for the rules behind the pages. */
export function toChange({ price, quantity, promotionCode }: RequestedChange) {
  return {
    ...(price === undefined ? {} : { priceId: price }),
    ...(quantity === undefined ? {} : { quantity: Number(quantity) }),
    ...(promotionCode === undefined ? {} : { promotionCode }),
  };
}
