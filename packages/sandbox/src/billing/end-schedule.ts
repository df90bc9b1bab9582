import type { SubscriptionSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";

/** Lets a subscription go on without its schedule. */
export function releaseSchedule(
  world: World,
  id: string,
  { preserveCancelDate = false }: { preserveCancelDate?: boolean } = {},
): SubscriptionSchedule {
  const { subscription, customer } = world.get("subscription_schedule", id);
  const released = world.change("subscription_schedule", id, {
    status: "released",
    released_at: world.nowFor(customer),
    released_subscription: subscription,
    subscription: null,
    current_phase: null,
  });
  if (subscription !== null) {
    world.track("subscription", subscription, "customer.subscription.updated", () =>
      world.change("subscription", subscription, {
        schedule: null,
        ...(preserveCancelDate ? {} : withoutScheduledEnd(world, subscription)),
      }),
    );
  }
  world.emit("subscription_schedule.released", released);
  return released;
}

/** The last phase is over, and the subscription ends with it. */
export function completeSchedule(world: World, id: string): void {
  const { customer } = world.get("subscription_schedule", id);
  const completed = world.change("subscription_schedule", id, {
    status: "completed",
    completed_at: world.nowFor(customer),
    current_phase: null,
  });
  world.emit("subscription_schedule.completed", completed);
}

/** A schedule does not outlive its subscription. */
export function abandonSchedule(world: World, subscription: string, type: "canceled" | "aborted"): void {
  const id = world.get("subscription", subscription).schedule;
  const schedule = id === null ? undefined : world.find("subscription_schedule", id);
  if (schedule === undefined || (schedule.status !== "active" && schedule.status !== "not_started")) return;
  const abandoned = world.change("subscription_schedule", schedule.id, {
    status: "canceled",
    canceled_at: world.nowFor(schedule.customer),
    current_phase: null,
  });
  world.emit(`subscription_schedule.${type}`, abandoned);
}

function withoutScheduledEnd(world: World, id: string) {
  const { cancel_at, hidden } = world.get("subscription", id);
  if (cancel_at === null || !hidden.endsBySchedule) return {};
  return { cancel_at: null, canceled_at: null, hidden: { ...hidden, endsBySchedule: false } };
}
