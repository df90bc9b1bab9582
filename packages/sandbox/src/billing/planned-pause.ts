import { ApiError } from "../wire/errors.js";
import type { PauseSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";
import { intentOf } from "./collect-invoice.js";
import { pauseSubscription } from "./pause-operation.js";
import { changePlan, planOfPause } from "./pause-plan.js";
import { resumeSubscription } from "./resume-operation.js";

type Settings = NonNullable<PauseSchedule["pause"]["settings"]>;

const DEFAULT_SETTINGS: Settings = {
  bill_for: { outstanding_usage_through: { type: "pause_at" }, unused_time_from: { type: "pause_at" } },
  invoicing_behavior: "pending_invoice_item",
  type: "subscription",
};

/** Pauses the subscription of a schedule at the instant that was planned; what stands against it is kept as an error. */
export function pauseAsPlanned(world: World, id: string): void {
  const { subscription } = world.get("subscription_schedule", id);
  const { pause } = planOfPause(world, id);
  const { bill_for, invoicing_behavior } = pause.settings ?? DEFAULT_SETTINGS;
  const from = bill_for.unused_time_from.type;
  const fault = faultOf(world, () =>
    pauseSubscription(world, subscription ?? "", {
      invoices: invoicing_behavior === "invoice",
      unusedTimeFrom: from === "pause_at" ? "now" : from,
      schedule: id,
    }),
  );
  changePlan(world, id, {
    pause: {
      ...pause,
      status: fault === null ? { type: "succeeded" } : { error: { message: fault }, type: "error" },
    },
  });
}

/** Tries to let the subscription of a schedule run again at the instant that was planned. */
export function resumeAsPlanned(world: World, id: string): void {
  const { subscription } = world.get("subscription_schedule", id);
  const { resume } = planOfPause(world, id);
  if (subscription === null || resume === null) return;
  const { billing_cycle_anchor, payment_behavior, proration_behavior } = resume.settings;
  const fault = faultOf(world, () =>
    resumeSubscription(world, subscription, {
      anchor: billing_cycle_anchor === "resume_at" ? "now" : "unchanged",
      onSuccess: payment_behavior === "resume_on_payment_success",
      prorationBehavior: proration_behavior,
    }),
  );
  const status =
    fault === null
      ? { type: attemptOf(world, subscription) }
      : { error: { message: fault }, type: "error" as const };
  changePlan(world, id, { resume: { ...resume, status } });
}

/** How far the attempt to resume has come: paid for, or waiting for its payment. */
function attemptOf(world: World, subscription: string): "succeeded" | "pending" | "requires_action" {
  const { status, hidden } = world.get("subscription", subscription);
  if (status !== "paused" || hidden.resumption === null) return "succeeded";
  const intent = intentOf(world, world.get("invoice", hidden.resumption.invoice));
  return intent.status === "requires_action" ? "requires_action" : "pending";
}

/** Why it could not be done, and then nothing of it was; null when it was. */
function faultOf(world: World, work: () => void): string | null {
  try {
    world.transact(work);
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
