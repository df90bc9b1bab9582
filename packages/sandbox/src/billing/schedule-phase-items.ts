import type { Phase, PhaseItem } from "../world/objects/schedule.js";
import type { SubscriptionItem } from "../world/objects/subscription.js";
import type { ItemChange } from "./apply-items.js";

/**
 * The changes that turn a subscription's items into those of a phase: an item with the same price stays and takes the
 * phase's quantity, one that has no match becomes the next new price, and what is left over is added or taken away.
 */
export function toItemChanges(items: readonly SubscriptionItem[], phase: Phase): ItemChange[] {
  const wanted = [...phase.items];
  const open: SubscriptionItem[] = [];
  const changes: ItemChange[] = [];
  for (const item of items) {
    const index = wanted.findIndex(({ price }) => price === item.price);
    const [match] = index === -1 ? [] : wanted.splice(index, 1);
    if (match) changes.push({ id: item.id, ...termsOf(match) });
    else open.push(item);
  }
  for (const item of open) {
    const next = wanted.shift();
    changes.push(
      next ? { id: item.id, price: next.price, ...termsOf(next) } : { id: item.id, deleted: true },
    );
  }
  for (const next of wanted) changes.push({ price: next.price, ...termsOf(next) });
  return changes;
}

function termsOf({ quantity, metadata, discounts }: PhaseItem): Partial<ItemChange> {
  return {
    ...(quantity === undefined ? {} : { quantity }),
    metadata,
    ...(discounts.length === 0 ? {} : { discounts }),
  };
}
