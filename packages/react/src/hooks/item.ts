import type { WireEntitlement } from "../queries/select-entitlement.js";

/** A metered feature seen as a quantity. */
export interface Item {
  id: string;
  displayName: string;
  /** What is left, below 0 when in debt, `Infinity` when unlimited. */
  quantity: number;
  /** `quantity`, but 0 instead of a debt. */
  nonNegativeQuantity: number;
}

/** An item that nobody was granted has the quantity 0. */
export function createItem(id: string, held?: WireEntitlement): Item {
  const quantity = held?.unlimited ? Infinity : (held?.balance ?? 0);
  return { id, displayName: held?.name ?? id, quantity, nonNegativeQuantity: Math.max(0, quantity) };
}
