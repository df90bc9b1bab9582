import { isSameInterval } from "../contract/index.js";
import { ensurePrice } from "../stripe/prices.js";
import { releaseSchedule, scheduleItems } from "../stripe/schedules.js";
import { cancelAtPeriodEnd, keepGoing } from "../stripe/subscriptions.js";
import type { BilledState, BilledSubscription } from "../subscription/billed.js";
import type { PlanLine } from "../subscription/plan-lines.js";
import {
  isSameItems,
  type PricedQuantity,
  upcomingBeside,
  upcomingInterval,
} from "../subscription/upcoming.js";
import type { App } from "./app.js";
import type { PlannedChange } from "./plan-change.js";
import type { Change } from "./with-change.js";

/** Another plan from the end of the period on. */
export async function downgradePlan(
  app: App,
  change: Change,
  { planned, current, at }: { planned: PlannedChange; current: PlanLine; at: Date },
): Promise<void> {
  const { client } = await app.gateway();
  const { subscription, item, price } = current;
  await keepGoing(client, subscription.id, change.key("keep-going"));
  const priceId = await ensurePrice(client, planned.offer);
  const items = [{ priceId, quantity: item.quantity }, ...upcomingBeside(current, planned)];
  for (const addOn of planned.addOns) items.push({ priceId: await ensurePrice(client, addOn), quantity: 1 });
  const interval = planned.offer.price.interval ?? [1, "month"];
  await scheduleItems(client, {
    subscriptionId: subscription.id,
    scheduleId: subscription.schedule?.id ?? null,
    items,
    at,
    interval,
    restartsPeriod: !isSameInterval(interval, price.interval),
    idempotencyKey: change.key("downgrade"),
  });
}

/** The default plan from the end of the period on: nothing is left at Stripe then. */
export async function cancelPlan(app: App, change: Change, { subscription }: PlanLine): Promise<void> {
  const { client } = await app.gateway();
  if (subscription.schedule !== null) {
    await releaseSchedule(client, subscription.schedule.id, change.key("release"));
  }
  await cancelAtPeriodEnd(client, subscription.id, change.key("cancel"));
}

/** Takes back whatever was scheduled. */
export async function resumePlan(app: App, change: Change, { subscription }: PlanLine): Promise<void> {
  const { client } = await app.gateway();
  if (subscription.schedule !== null) {
    await releaseSchedule(client, subscription.schedule.id, change.key("release"));
  }
  await keepGoing(client, subscription.id, change.key("keep-going"));
}

/** Schedules again what was scheduled, after a change that had to release it did not work out. */
export async function reschedule(
  app: App,
  change: Change,
  { subscription, state }: { subscription: BilledSubscription; state: BilledState },
): Promise<void> {
  const next = subscription.schedule?.next ?? null;
  if (next === null) return;
  const { client } = await app.gateway();
  const { interval, isOther } = upcomingInterval(subscription, state);
  await scheduleItems(client, {
    subscriptionId: subscription.id,
    scheduleId: null,
    items: next.items,
    at: next.startsAt,
    interval,
    restartsPeriod: isOther,
    idempotencyKey: change.key("reschedule"),
  });
}

export interface UpcomingInput {
  subscription: BilledSubscription;
  state: BilledState;
  /** What the subscription is to be for from its next period on. */
  items: PricedQuantity[];
}

/** Adds to or takes from what the next period is for, and leaves alone when it begins and how often it is paid. */
export async function scheduleUpcoming(
  app: App,
  change: Change,
  { subscription, state, items }: UpcomingInput,
): Promise<void> {
  const { client } = await app.gateway();
  const [first] = subscription.items;
  if (first === undefined) return;
  if (isSameItems(items, subscription.items)) {
    if (subscription.schedule === null) return;
    return releaseSchedule(client, subscription.schedule.id, change.key("release-upcoming"));
  }
  const { interval, isOther } = upcomingInterval(subscription, state);
  await scheduleItems(client, {
    subscriptionId: subscription.id,
    scheduleId: subscription.schedule?.id ?? null,
    items,
    at: subscription.schedule?.next?.startsAt ?? first.currentPeriodEnd,
    interval,
    restartsPeriod: isOther,
    idempotencyKey: change.key("upcoming"),
  });
}
