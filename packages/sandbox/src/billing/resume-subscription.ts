import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { trackSubscription } from "./track-subscription.js";

/** A paused subscription runs again. */
export function resumeNow(world: World, id: string): Subscription {
  trackSubscription(world, id, () => {
    const { status_details: _, ...rest } = world.get("subscription", id);
    world.put<Subscription>({ ...rest, status: "active", hidden: { ...rest.hidden, resumeInvoice: null } });
  });
  const resumed = world.get("subscription", id);
  world.emit("customer.subscription.resumed", resumed);
  return resumed;
}
