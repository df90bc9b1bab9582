import type { Include, Product } from "../catalog/model.js";
import type { GrantRow } from "./grant-row.js";

/** A product that a customer has for a time. */
export interface Held {
  /** What all of its grants are known by: `plan:pro:sub_1`, `purchase:cs_1`. */
  grantId: string;
  product: Pick<Product, "kind" | "includes">;
  /** Multiplies every quantity. */
  quantity: number;
  startsAt: Date;
  /** When its first quantity counts as arrived, so that nothing renews before. Default `startsAt`. */
  settledAt?: Date;
  /** The first instant at which the customer no longer has it; null while it goes on. */
  endsAt: Date | null;
  /** What the periods of a quota are counted from. */
  anchorAt: Date;
}

/** The grants that having a product means, one per feature. */
export function compileGrants(held: Held): GrantRow[] {
  return held.product.includes.map((include) => compileGrant(include, held));
}

/**
 * The six ways to combine `repeat` and `expires`:
 *
 * | repeat \ expires | never | when-purchase-expires | when-repeated |
 * |---|---|---|---|
 * | never | granted once, for good | granted once, ends with the product | as never: nothing repeats |
 * | [n, unit] | accumulates, stops growing with the product, stays for good | accumulates, ends with the product | replaced each period, ends with the product |
 *
 * A product that is paid for once ends only when the payment is taken back, and then all of it does.
 */
function compileGrant(include: Include, held: Held): GrantRow {
  const { featureId, repeat, unlimited } = include;
  const replaces = repeat !== null && include.expires === "when-repeated";
  const isTiedToPlan = include.expires === "when-purchase-expires" || replaces;
  const ends = held.product.kind === "product" || isTiedToPlan;
  const quantity = include.quantity * held.quantity;
  return {
    featureId,
    grantId: held.grantId,
    quantity,
    remaining: quantity,
    accrued: repeat === null || replaces || unlimited ? null : quantity,
    settledAt: held.settledAt ?? held.startsAt,
    startsAt: held.startsAt,
    expiresAt: ends ? held.endsAt : null,
    repeat,
    anchorAt: repeat === null ? null : held.anchorAt,
    renewsUntil: repeat === null || ends ? null : held.endsAt,
    unlimited,
    permanent: !ends,
  };
}
