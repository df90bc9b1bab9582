import { invalid } from "../wire/errors.js";
import type { MetadataChange } from "../wire/metadata.js";
import type { SubscriptionSchedule } from "../world/objects/schedule.js";
import type { BillingMode } from "../world/objects/subscription.js";
import type { CollectionMethod, ProrationBehavior } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import { ownMethod } from "./own-method.js";
import type { PauseScheduleParams } from "./pause-schedule-params.js";
import type { PhaseParams } from "./phase-params.js";

export type ScheduleParams = {
  billing_mode?: { type: BillingMode["type"]; flexible?: BillingMode["flexible"] };
  customer?: string;
  default_settings?: {
    collection_method?: CollectionMethod;
    default_payment_method?: string;
    description?: string | null;
    billing_cycle_anchor?: "automatic" | "phase_start";
  };
  end_behavior?: "release" | "cancel" | "none" | "renew";
  from_subscription?: string;
  metadata?: MetadataChange;
  pause_schedules?: PauseScheduleParams[] | null;
  phases?: PhaseParams[];
  proration_behavior?: ProrationBehavior;
  start_date?: number | "now";
};

export function defaultsOf(
  world: World,
  customer: string,
  { default_settings: given }: ScheduleParams,
): Partial<SubscriptionSchedule["default_settings"]> {
  if (given === undefined) return {};
  return {
    ...(given.collection_method === undefined ? {} : { collection_method: given.collection_method }),
    ...(given.default_payment_method === undefined
      ? {}
      : { default_payment_method: ownMethod(world, customer, given.default_payment_method || undefined) }),
    ...(given.description === undefined ? {} : { description: given.description }),
    ...(given.billing_cycle_anchor === undefined ? {} : { billing_cycle_anchor: given.billing_cycle_anchor }),
  };
}

/**
 * `none` is what `cancel` was once called and reads back as that; `renew` cannot be set any more.
 *
 * Source: Stripe, changelog of 2019-10-17, "Renames and updates subscription schedule renewal properties".
 */
export function endBehaviorOf(
  given: ScheduleParams["end_behavior"],
): SubscriptionSchedule["end_behavior"] | undefined {
  if (given === "renew")
    throw invalid("An end_behavior of renew can be read, but not set: use release or cancel.", {
      param: "end_behavior",
    });
  return given === "none" ? "cancel" : given;
}
