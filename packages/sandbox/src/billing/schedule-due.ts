import type { Instant } from "../engine/instant.js";
import type { SubscriptionSchedule } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";

export function scheduleDueAt(_schedule: SubscriptionSchedule): Instant | null {
  return null;
}

export function runScheduleDue(_world: World, _id: string): void {}
