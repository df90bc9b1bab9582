import type { Instant } from "../engine/instant.js";
import { schedulePosition } from "../engine/schedule-phases.js";
import type { SubscriptionSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";
import { completeSchedule, releaseSchedule } from "./end-schedule.js";
import { enterPhase } from "./enter-phase.js";
import { pauseAsPlanned, resumeAsPlanned } from "./planned-pause.js";
import { periodsOf } from "./schedule-plan.js";

/** One thing that a schedule does by itself at its time. */
type Step = { at: Instant; run: (world: World, id: string) => void };

/** When a schedule next does something by itself. */
export function scheduleDueAt(schedule: SubscriptionSchedule): Instant | null {
  const steps = stepsOf(schedule);
  return steps.length === 0 ? null : Math.min(...steps.map(({ at }) => at));
}

/** Does all that a schedule is due for now. */
export function runScheduleDue(world: World, id: string): void {
  for (;;) {
    const schedule = world.get("subscription_schedule", id);
    const now = world.nowFor(schedule.customer);
    const step = stepsOf(schedule).find(({ at }) => at <= now);
    if (step === undefined) return;
    step.run(world, id);
  }
}

/** In the order in which they go first when they fall on the same instant. */
function stepsOf({ status, phases, current_phase, pause_schedules, hidden }: SubscriptionSchedule): Step[] {
  const start = phases[0]?.start_date;
  if (status === "not_started") return start === undefined ? [] : [{ at: start, run: moveOn }];
  if (status !== "active") return [];
  const [plan] = pause_schedules;
  const { expiryNoticeAt } = hidden;
  const steps: (Step | null)[] = [
    current_phase === null ? null : { at: current_phase.end_date, run: moveOn },
    expiryNoticeAt === null ? null : { at: expiryNoticeAt, run: announceExpiry },
    plan?.pause.status.type === "scheduled" ? { at: plan.pause.pause_at, run: pauseAsPlanned } : null,
    plan?.resume?.status.type === "scheduled" ? { at: plan.resume.resume_at, run: resumeAsPlanned } : null,
  ];
  return steps.filter((step) => step !== null);
}

/** To the first phase, or out of the one it is in. */
function moveOn(world: World, id: string): void {
  const { customer, phases, end_behavior } = world.get("subscription_schedule", id);
  const { status, phase } = schedulePosition(periodsOf(phases), end_behavior, world.nowFor(customer));
  if (status === "released") releaseSchedule(world, id);
  else if (status === "completed") completeSchedule(world, id);
  else if (phase !== null) enterPhase(world, id, phase);
}

/** `subscription_schedule.expiring`, once for each end. */
function announceExpiry(world: World, id: string): void {
  world.emit(
    "subscription_schedule.expiring",
    world.change("subscription_schedule", id, { hidden: { expiryNoticeAt: null } }),
  );
}
