import { addInterval } from "../engine/cadence.js";
import type { Phase, SubscriptionSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";
import { scheduleFrom } from "./create-schedule.js";
import { recurrenceOf } from "./price-terms.js";
import { planOf } from "./schedule-plan.js";

/** Puts a change off to the end of the period: a schedule of the current terms and, after them, the new ones. */
export function scheduleChange(
  world: World,
  id: string,
  { price, quantity }: { price?: string | undefined; quantity?: number | undefined },
): void {
  const schedule = scheduleFrom(world, world.get("subscription", id));
  const phases = withChange(world, schedule, { price, quantity });
  world.track("subscription_schedule", schedule.id, "subscription_schedule.updated", () =>
    world.change("subscription_schedule", schedule.id, planOf(phases, world.nowFor(schedule.customer))),
  );
}

/** The phase a schedule is in, and after it one period of the same items with another price or quantity. */
function withChange(
  world: World,
  { phases }: SubscriptionSchedule,
  { price, quantity }: { price?: string | undefined; quantity?: number | undefined },
): Phase[] {
  const [current] = phases;
  const [item] = current?.items ?? [];
  if (current === undefined || item === undefined)
    throw new Error("a schedule of a subscription has a phase with items");
  const next = {
    ...item,
    price: price ?? item.price,
    plan: price ?? item.price,
    quantity: quantity ?? item.quantity ?? 1,
  };
  const recurrence = recurrenceOf(world.get("price", next.price));
  return [
    current,
    {
      ...current,
      items: [next],
      proration_behavior: "none",
      start_date: current.end_date,
      end_date: addInterval(current.end_date, recurrence),
      trial_end: null,
    },
  ];
}
