import { missing } from "../wire/errors.js";
import type { Meter } from "../world/objects/platform.js";
import type { World } from "../world/world.js";

export function findMeter(world: World, id: string): Meter {
  const meter = world.find("billing.meter", id);
  if (meter === undefined) throw missing("meter", id);
  return meter;
}
