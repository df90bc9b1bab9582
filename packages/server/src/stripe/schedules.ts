import type Stripe from "stripe";
import type { Repeat } from "../contract/index.js";
import { callStripe } from "./call-stripe.js";
import type { StripeClient } from "./client.js";
import { createOnce } from "./create-once.js";
import { toId } from "./from-stripe.js";
import { type IdempotencyKey, toIdempotencyKey } from "./idempotency-key.js";
import { metadataKeys } from "./metadata.js";

export interface ScheduleInput {
  subscriptionId: string;
  /** The schedule that the subscription is under; null when it is under none. */
  scheduleId: string | null;
  /** What the subscription is for from `at` on. */
  items: { priceId: string; quantity: number }[];
  at: Date;
  /** How often the first of the items is paid. */
  interval: Repeat;
  /** Another interval: the periods are counted from `at`. */
  restartsPeriod: boolean;
  idempotencyKey: IdempotencyKey;
}

/**
 * Lets a subscription change by itself at `at`, where nothing is left to prorate; afterwards it goes on without a schedule.
 * Whatever was scheduled before is replaced.
 */
export async function scheduleItems(stripe: StripeClient, input: ScheduleInput): Promise<void> {
  const schedule = await openSchedule(stripe, input);
  const [first] = schedule.phases.filter(
    ({ start_date }) => start_date === (schedule.current_phase?.start_date ?? schedule.phases[0]?.start_date),
  );
  if (first === undefined) return;
  const terms = toTerms(first);
  const at = Math.floor(input.at.getTime() / 1000);
  const phases: Stripe.SubscriptionScheduleUpdateParams.Phase[] = [
    {
      ...terms,
      items: first.items.map(toItem),
      start_date: first.start_date,
      end_date: at,
      ...(first.trial_end === null ? {} : { trial_end: first.trial_end }),
    },
    {
      ...terms,
      items: input.items.map(({ priceId, quantity }) => ({ price: priceId, quantity })),
      start_date: at,
      proration_behavior: "none",
      ...(input.restartsPeriod ? { billing_cycle_anchor: "phase_start" as const } : {}),
      duration: { interval_count: input.interval[0], interval: input.interval[1] },
    },
  ];
  await callStripe(() =>
    stripe.subscriptionSchedules.update(
      schedule.id,
      { phases, end_behavior: "release", proration_behavior: "none" },
      { idempotencyKey: toIdempotencyKey("schedule-phases", input.idempotencyKey) },
    ),
  );
}

/** Takes a scheduled change back; the subscription goes on as it is. */
export async function releaseSchedule(
  stripe: StripeClient,
  scheduleId: string,
  idempotencyKey: IdempotencyKey,
): Promise<void> {
  const { status } = await callStripe(() => stripe.subscriptionSchedules.retrieve(scheduleId));
  if (status !== "active" && status !== "not_started") return;
  await callStripe(() => stripe.subscriptionSchedules.release(scheduleId, {}, { idempotencyKey }));
}

async function openSchedule(
  stripe: StripeClient,
  { scheduleId, subscriptionId, idempotencyKey }: ScheduleInput,
) {
  if (scheduleId !== null) return callStripe(() => stripe.subscriptionSchedules.retrieve(scheduleId));
  return callStripe(() =>
    createOnce(stripe.subscriptionSchedules, {
      params: { from_subscription: subscriptionId },
      idempotencyKey: toIdempotencyKey("schedule", idempotencyKey),
    }),
  );
}

/** An update unsets what it does not repeat, so what the team gave the customer is repeated. */
function toTerms({ discounts, metadata, default_payment_method }: Stripe.SubscriptionSchedule.Phase) {
  const kept: { discount?: string; coupon?: string }[] = discounts.flatMap(({ discount, coupon }) => {
    if (discount !== null) return { discount: toId(discount) };
    return coupon === null ? [] : { coupon: toId(coupon) };
  });
  // What is leaving is said by the subscription itself; a phase would say it again when it begins.
  const { [metadataKeys.leaving]: _, ...rest } = metadata ?? {};
  return {
    ...(kept.length === 0 ? {} : { discounts: kept }),
    ...(metadata === null ? {} : { metadata: rest }),
    ...(default_payment_method === null ? {} : { default_payment_method: toId(default_payment_method) }),
  };
}

function toItem({ price, quantity }: Stripe.SubscriptionSchedule.Phase.Item) {
  return { price: toId(price), ...(quantity === undefined ? {} : { quantity }) };
}
