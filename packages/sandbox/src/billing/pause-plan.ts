import type { PauseSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";

/** The pause that a schedule plans. @throws Error for a schedule that plans none */
export function planOfPause(world: World, schedule: string): PauseSchedule {
  const [plan] = world.get("subscription_schedule", schedule).pause_schedules;
  if (plan === undefined) throw new Error(`${schedule} plans no pause`);
  return plan;
}

/** Writes what came of a planned pause. */
export function changePlan(world: World, schedule: string, change: Partial<PauseSchedule>): void {
  const plan = planOfPause(world, schedule);
  world.track("subscription_schedule", schedule, "subscription_schedule.updated", () =>
    world.change("subscription_schedule", schedule, { pause_schedules: [{ ...plan, ...change }] }),
  );
}

/** A subscription has come, or will not come, out of its pause: the plan of its schedule says so. */
export function concludeResumption(world: World, subscription: string, fault: string | null): void {
  const { schedule } = world.get("subscription", subscription);
  const plan =
    schedule === null ? undefined : world.find("subscription_schedule", schedule)?.pause_schedules[0];
  if (schedule === null || !plan?.resume || plan.resume.status.type === "succeeded") return;
  const status =
    fault === null ? { type: "succeeded" as const } : { error: { message: fault }, type: "error" as const };
  changePlan(world, schedule, { resume: { ...plan.resume, status } });
}
