import { missing } from "../wire/errors.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";

export function findSubscription(world: World, id: string): Subscription {
  const subscription = world.find("subscription", id);
  if (!subscription) throw missing("subscription", id);
  return subscription;
}
