import { invalid, missing } from "../wire/errors.js";
import type { SubscriptionSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";

export function findSchedule(world: World, id: string): SubscriptionSchedule {
  const schedule = world.find("subscription_schedule", id);
  if (schedule === undefined) throw missing("subscription_schedule", id, "schedule");
  return schedule;
}

export function requireLiving(schedule: SubscriptionSchedule): SubscriptionSchedule {
  if (schedule.status === "active" || schedule.status === "not_started") return schedule;
  throw invalid(`A schedule that is ${schedule.status} can't be changed any more.`);
}
