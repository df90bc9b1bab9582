import { addInterval, type Interval } from "../engine/cadence.js";
import { invalid, parameterMissing } from "../wire/errors.js";
import { randomText } from "../world/new-id.js";
import type { PauseSchedule, SubscriptionSchedule } from "../world/objects/schedule.js";
import type { World } from "../world/world.js";

type PauseSettings = NonNullable<PauseSchedule["pause"]["settings"]>;
type ResumeSettings = NonNullable<PauseSchedule["resume"]>["settings"];

export type PauseScheduleParams = {
  key?: string;
  pause?: {
    pause_at?: { type: "now" | "timestamp"; timestamp?: number };
    settings?: {
      bill_for?: {
        outstanding_usage_through?: Partial<PauseSettings["bill_for"]["outstanding_usage_through"]>;
        unused_time_from?: Partial<PauseSettings["bill_for"]["unused_time_from"]>;
      };
      invoicing_behavior?: PauseSettings["invoicing_behavior"];
      type?: PauseSettings["type"];
    };
  };
  resume?: {
    resume_at?: {
      type: "now" | "duration" | "timestamp";
      duration?: { interval: Interval; interval_count?: number };
      timestamp?: number;
    };
    settings?: Partial<ResumeSettings>;
  } | null;
};

/**
 * The pause that a schedule is to plan. An entry with the key of the one that is there changes it, any other takes its
 * place; null clears it.
 *
 * @throws ApiError 400 for more than one, for instants out of order, and where the subscription could not be paused
 */
export function toPauseSchedules(
  world: World,
  given: readonly PauseScheduleParams[] | null,
  schedule: SubscriptionSchedule,
): PauseSchedule[] {
  if (given === null) return [];
  if (given.length > 1) throw invalid("A schedule takes one pause schedule.", { param: "pause_schedules" });
  const [entry] = given;
  if (entry === undefined) return [...schedule.pause_schedules];
  requirePausable(schedule);
  const now = world.nowFor(schedule.customer);
  const before = schedule.pause_schedules.find(({ key }) => key === entry.key);
  const pause = toPause(entry, { before, now, pausedAt: pausedSince(world, schedule) });
  return [
    { key: entry.key ?? `pause_${randomText(16)}`, pause, resume: toResume(entry, { before, now, pause }) },
  ];
}

function requirePausable({ billing_mode, default_settings, phases }: SubscriptionSchedule): void {
  const methods = [default_settings, ...phases].map(({ collection_method }) => collection_method);
  if (billing_mode.type === "flexible" && !methods.includes("send_invoice")) return;
  throw invalid(
    "Only schedules in flexible billing mode whose phases all charge automatically can plan a pause.",
    { param: "pause_schedules" },
  );
}

/** Since when the subscription of a schedule has been paused; null when it is not. */
function pausedSince(world: World, { subscription }: SubscriptionSchedule): number | null {
  if (subscription === null) return null;
  const { status, status_details } = world.get("subscription", subscription);
  return status === "paused" ? (status_details?.paused.transitioned_at ?? null) : null;
}

function toPause(
  { pause }: PauseScheduleParams,
  { before, now, pausedAt }: { before: PauseSchedule | undefined; now: number; pausedAt: number | null },
): PauseSchedule["pause"] {
  if (pause === undefined) {
    if (before !== undefined) return before.pause;
    if (pausedAt === null) throw parameterMissing("pause_schedules[0][pause]");
    return { pause_at: pausedAt, settings: null, status: { type: "succeeded" } };
  }
  const known = before?.pause.settings ?? null;
  const { bill_for, invoicing_behavior } = pause.settings ?? {};
  return {
    pause_at: pauseAt(pause.pause_at, before?.pause.pause_at, now),
    settings: {
      bill_for: {
        outstanding_usage_through: {
          type:
            bill_for?.outstanding_usage_through?.type ??
            known?.bill_for.outstanding_usage_through.type ??
            "pause_at",
        },
        unused_time_from: {
          type: bill_for?.unused_time_from?.type ?? known?.bill_for.unused_time_from.type ?? "pause_at",
        },
      },
      invoicing_behavior: invoicing_behavior ?? known?.invoicing_behavior ?? "pending_invoice_item",
      type: "subscription",
    },
    status: { type: "scheduled" },
  };
}

function pauseAt(
  given: NonNullable<PauseScheduleParams["pause"]>["pause_at"],
  before: number | undefined,
  now: number,
): number {
  const at = given === undefined ? before : given.type === "now" ? now : given.timestamp;
  if (at === undefined) throw parameterMissing("pause_schedules[0][pause][pause_at][timestamp]");
  if (at < now)
    throw invalid("A pause cannot begin in the past.", { param: "pause_schedules[0][pause][pause_at]" });
  return at;
}

function toResume(
  { resume }: PauseScheduleParams,
  { before, now, pause }: { before: PauseSchedule | undefined; now: number; pause: PauseSchedule["pause"] },
): PauseSchedule["resume"] {
  if (resume === null) return null;
  if (resume === undefined) return before?.resume ?? null;
  const at = resumeAt(resume.resume_at, {
    before: before?.resume?.resume_at,
    now,
    from: Math.max(now, pause.pause_at),
  });
  if (at < Math.max(now, pause.pause_at + 1))
    throw invalid("A resumption must lie ahead and come after its pause.", {
      param: "pause_schedules[0][resume][resume_at]",
    });
  const known = before?.resume?.settings;
  const { billing_cycle_anchor, payment_behavior, proration_behavior } = resume.settings ?? {};
  return {
    resume_at: at,
    settings: {
      billing_cycle_anchor: billing_cycle_anchor ?? known?.billing_cycle_anchor ?? "resume_at",
      payment_behavior: payment_behavior ?? known?.payment_behavior ?? "resume_on_payment_success",
      proration_behavior: proration_behavior ?? known?.proration_behavior ?? "create_prorations",
    },
    status: { type: "scheduled" },
  };
}

/** A duration counts from the pause, and where that is past from now. */
function resumeAt(
  given: NonNullable<PauseScheduleParams["resume"]>["resume_at"],
  { before, now, from }: { before: number | undefined; now: number; from: number },
): number {
  if (given?.type === "now") return now;
  if (given?.duration !== undefined) {
    const { interval, interval_count = 1 } = given.duration;
    return addInterval(from, { interval, intervalCount: interval_count });
  }
  const at = given?.timestamp ?? before;
  if (at === undefined) throw parameterMissing("pause_schedules[0][resume][resume_at][timestamp]");
  return at;
}
