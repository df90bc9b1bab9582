import type { Entitlement } from "@paykit/server/contract";

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
export function createItem(id: string, entitlement?: Entitlement<string> & { name: string }): Item {
  const quantity = entitlement?.unlimited ? Infinity : (entitlement?.balance ?? 0);
  const displayName = entitlement?.name ?? id;
  return { id, displayName, quantity, nonNegativeQuantity: Math.max(0, quantity) };
}
