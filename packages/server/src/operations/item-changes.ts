import type { Plan } from "../catalog/model.js";
import { ensurePrice } from "../stripe/prices.js";
import type { ItemChange } from "../stripe/subscriptions.js";
import type { Beside } from "../subscription/decide-beside.js";
import type { PricedQuantity } from "../subscription/upcoming.js";
import type { App } from "./app.js";
import type { Offer } from "./choose-offer.js";

/** One more of each. */
export async function addedItems(app: App, offers: readonly Offer<Plan>[]): Promise<PricedQuantity[]> {
  const { client } = await app.gateway();
  const items: PricedQuantity[] = [];
  for (const offer of offers) items.push({ priceId: await ensurePrice(client, offer), quantity: 1 });
  return items;
}

/** What follows the plan to another interval. */
export async function movedItems(app: App, { staying }: Beside): Promise<ItemChange[]> {
  const { client } = await app.gateway();
  const items: ItemChange[] = [];
  for (const { item, moved } of staying) {
    if (moved === null) continue;
    items.push({ itemId: item.id, priceId: await ensurePrice(client, moved), quantity: item.quantity });
  }
  return items;
}

export function removedItems({ leaving }: Beside): ItemChange[] {
  return leaving.map(({ id }) => ({ itemId: id, isRemoved: true }));
}
