import { cancelNow } from "../billing/cancel-subscription.js";
import { releaseSchedule } from "../billing/end-schedule.js";
import { createdWithin, having, type PageParams, paginate, type Range } from "../wire/paginate.js";
import { type Route, route } from "../wire/route.js";
import { createSubscriptionSchedule } from "./create-subscription-schedule.js";
import { findSchedule, requireLiving } from "./find-schedule.js";
import type { ScheduleParams } from "./schedule-params.js";
import { updateSubscriptionSchedule } from "./update-subscription-schedule.js";

export const subscriptionSchedules: readonly Route[] = [
  route<ScheduleParams>(
    ["POST", "/v1/subscription_schedules"],
    "SubscriptionScheduleCreateParams",
    ({ world, params }) => createSubscriptionSchedule(world, params),
  ),
  route<PageParams & { created?: Range; customer?: string; scheduled?: boolean }>(
    ["GET", "/v1/subscription_schedules"],
    "SubscriptionScheduleListParams",
    ({ world, params }) => {
      const { scheduled } = params;
      const found = world
        .list("subscription_schedule")
        .filter(createdWithin(params))
        .filter(having({ customer: params.customer }))
        .filter((one) => scheduled === undefined || (one.status === "not_started") === scheduled);
      return paginate(found, params, "/v1/subscription_schedules");
    },
  ),
  route(["GET", "/v1/subscription_schedules/:id"], "SubscriptionScheduleRetrieveParams", ({ world, id }) =>
    findSchedule(world, id),
  ),
  route<ScheduleParams>(
    ["POST", "/v1/subscription_schedules/:id"],
    "SubscriptionScheduleUpdateParams",
    ({ world, id, params }) => updateSubscriptionSchedule(world, id, params),
  ),
  route<{ invoice_now?: boolean; prorate?: boolean }>(
    ["POST", "/v1/subscription_schedules/:id/cancel"],
    "SubscriptionScheduleCancelParams",
    ({ world, id, params }) => {
      const schedule = requireLiving(findSchedule(world, id));
      if (schedule.subscription !== null) {
        cancelNow(world, schedule.subscription, {
          reason: "cancellation_requested",
          invoiceNow: params.invoice_now ?? true,
          prorate: params.prorate ?? true,
        });
        return world.get("subscription_schedule", id);
      }
      const canceled = world.change("subscription_schedule", id, {
        status: "canceled",
        canceled_at: world.nowFor(schedule.customer),
        current_phase: null,
      });
      world.emit("subscription_schedule.canceled", canceled);
      return canceled;
    },
  ),
  route<{ preserve_cancel_date?: boolean }>(
    ["POST", "/v1/subscription_schedules/:id/release"],
    "SubscriptionScheduleReleaseParams",
    ({ world, id, params }) => {
      requireLiving(findSchedule(world, id));
      return releaseSchedule(world, id, { preserveCancelDate: params.preserve_cancel_date ?? false });
    },
  ),
];
