import { createSchedule, scheduleFrom } from "../billing/create-schedule.js";
import { runScheduleDue } from "../billing/schedule-due.js";
import { invalid } from "../wire/errors.js";
import { mergeMetadata } from "../wire/metadata.js";
import type { SubscriptionSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";
import { toBillingMode } from "./billing-mode-params.js";
import { requireCustomer } from "./find-customer.js";
import { findSubscription } from "./find-subscription.js";
import { toPhaseDraft } from "./phase-params.js";
import { planPause } from "./plan-pause.js";
import { defaultsOf, endBehaviorOf, type ScheduleParams } from "./schedule-params.js";

export function createSubscriptionSchedule(world: World, params: ScheduleParams): SubscriptionSchedule {
  if (params.from_subscription !== undefined) {
    const others = Object.keys(params).filter(
      (key) => !["from_subscription", "expand", "pause_schedules"].includes(key),
    );
    if (others.length > 0) {
      throw invalid("You cannot set other parameters together with `from_subscription`.", {
        code: "parameters_exclusive",
        param: others[0] ?? "phases",
      });
    }
    const { id } = scheduleFrom(world, findSubscription(world, params.from_subscription));
    return planPause(world, id, params.pause_schedules);
  }
  const customer = requireCustomer(world, params.customer).id;
  const now = world.nowFor(customer);
  const startAt = params.start_date === undefined || params.start_date === "now" ? now : params.start_date;
  const drafts = (params.phases ?? []).map((phase) => toPhaseDraft(world, phase, now));
  const schedule = createSchedule(world, {
    customer,
    phases: drafts,
    startAt,
    endBehavior: endBehaviorOf(params.end_behavior) ?? "release",
    billingMode: toBillingMode(params.billing_mode ?? { type: "flexible" }),
    defaults: defaultsOf(world, customer, params),
    metadata: mergeMetadata({}, params.metadata),
  });
  // A start in the past or now is due at once.
  if (startAt <= now) runScheduleDue(world, schedule.id);
  return planPause(world, schedule.id, params.pause_schedules);
}
