import { runScheduleDue } from "../billing/schedule-due.js";
import { invalid } from "../wire/errors.js";
import type { SubscriptionSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";
import { type PauseScheduleParams, toPauseSchedules } from "./pause-schedule-params.js";

/**
 * Puts a pause on the time line of a schedule, and does at once what is asked for now.
 *
 * @throws ApiError 400 when what is asked for now cannot be done
 */
export function planPause(
  world: World,
  id: string,
  given: readonly PauseScheduleParams[] | null | undefined,
): SubscriptionSchedule {
  if (given === undefined) return world.get("subscription_schedule", id);
  world.track("subscription_schedule", id, "subscription_schedule.updated", () =>
    world.change("subscription_schedule", id, {
      pause_schedules: toPauseSchedules(world, given, world.get("subscription_schedule", id)),
    }),
  );
  runScheduleDue(world, id);
  const planned = world.get("subscription_schedule", id);
  const [plan] = planned.pause_schedules;
  const fault = plan?.pause.status.error ?? plan?.resume?.status.error;
  if (fault) throw invalid(fault.message, { param: "pause_schedules" });
  return planned;
}
