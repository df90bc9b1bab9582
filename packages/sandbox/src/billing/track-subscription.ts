import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { syncEntitlements } from "./entitlements.js";

/** Runs a change of a subscription: tells what changed, and keeps the customer's entitlements in step. */
export function trackSubscription<T>(world: World, id: string, change: () => T): T {
  const result = world.track("subscription", id, "customer.subscription.updated", change);
  syncEntitlements(world, world.get("subscription", id).customer);
  return result;
}

/** The items, as they are stored. */
export function itemsOf(world: World, subscription: Subscription) {
  return subscription.items.data.map((id) => world.get("subscription_item", id));
}
