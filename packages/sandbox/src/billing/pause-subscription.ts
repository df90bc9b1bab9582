import type { PauseReason, Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { trackSubscription } from "./track-subscription.js";

/** Stops a subscription where it is: nothing renews until it is resumed. */
export function pauseNow(world: World, id: string, reason: PauseReason): Subscription {
  const { customer } = world.get("subscription", id);
  const now = world.nowFor(customer);
  trackSubscription(world, id, () =>
    world.change("subscription", id, {
      status: "paused",
      status_details: {
        paused: { subscription: { type: reason }, transitioned_at: now, type: "subscription" },
      },
    }),
  );
  world.emit("customer.subscription.paused", world.get("subscription", id));
  return world.get("subscription", id);
}
