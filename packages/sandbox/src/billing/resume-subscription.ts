import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { concludeResumption } from "./pause-plan.js";
import { trackSubscription } from "./track-subscription.js";

/** A paused subscription runs again. */
export function resumeNow(world: World, id: string, status: "active" | "past_due" = "active"): Subscription {
  trackSubscription(world, id, () => {
    const { status_details: _, ...rest } = world.get("subscription", id);
    world.put<Subscription>({ ...rest, status, hidden: { ...rest.hidden, resumption: null } });
  });
  const resumed = world.get("subscription", id);
  world.emit("customer.subscription.resumed", resumed);
  concludeResumption(world, id, null);
  return world.get("subscription", id);
}
