import { layOut } from "../billing/create-schedule.js";
import { enterPhase } from "../billing/enter-phase.js";
import { periodsOf, planOf } from "../billing/schedule-plan.js";
import { phaseAt } from "../engine/schedule-phases.js";
import { invalid } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import type { Phase, SubscriptionSchedule } from "../world/objects/schedule.js";
import type { ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { findSchedule, requireLiving } from "./find-schedule.js";
import { type PhaseParams, toPhaseDraft } from "./phase-params.js";
import { planPause } from "./plan-pause.js";
import { defaultsOf, endBehaviorOf, type ScheduleParams } from "./schedule-params.js";

/** Current and future phases are sent again, the first with its `start_date`. */
export function updateSubscriptionSchedule(
  world: World,
  id: string,
  params: ScheduleParams,
): SubscriptionSchedule {
  const before = requireLiving(findSchedule(world, id));
  const now = world.nowFor(before.customer);
  world.track("subscription_schedule", id, "subscription_schedule.updated", () => {
    const phases = params.phases === undefined ? before.phases : newPhases(world, before, params.phases, now);
    const index = phaseAt(periodsOf(phases), now);
    const current = index === null ? undefined : phases[index];
    world.change("subscription_schedule", id, {
      default_settings: { ...before.default_settings, ...defaultsOf(world, before.customer, params) },
      end_behavior: endBehaviorOf(params.end_behavior) ?? before.end_behavior,
      metadata: mergeMetadata(before.metadata, params.metadata),
      ...(params.phases === undefined ? {} : planOf(phases, now)),
      current_phase:
        before.status === "active" && current
          ? { end_date: current.end_date, start_date: current.start_date }
          : before.current_phase,
    });
  });
  if (before.status === "active") applyNow(world, id, params.proration_behavior ?? "create_prorations");
  return planPause(world, id, params.pause_schedules);
}

/** What the current phase says now holds at once. */
function applyNow(world: World, id: string, prorationBehavior: ProrationBehavior): void {
  const { phases, customer } = world.get("subscription_schedule", id);
  const now = world.nowFor(customer);
  const index = phaseAt(periodsOf(phases), now);
  if (index !== null) enterPhase(world, id, index, prorationBehavior);
}

function newPhases(
  world: World,
  before: SubscriptionSchedule,
  given: readonly PhaseParams[],
  now: number,
): Phase[] {
  const [first] = given;
  const known = before.current_phase?.start_date ?? before.phases[0]?.start_date ?? now;
  if (before.status === "active" && first?.start_date === undefined) {
    throw invalid("The first phase must say its `start_date`.", {
      code: "parameter_missing",
      param: "phases[0][start_date]",
    });
  }
  const startAt =
    first?.start_date === undefined ? known : first.start_date === "now" ? now : first.start_date;
  return layOut(
    world,
    startAt,
    given.map((phase, index) => {
      const next = given[index + 1]?.start_date;
      const endDate = phase.end_date ?? (next === undefined ? undefined : next);
      return toPhaseDraft(
        world,
        { ...phase, ...(endDate === undefined || phase.duration ? {} : { end_date: endDate }) },
        now,
      );
    }),
  );
}
