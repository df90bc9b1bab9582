import { isSameInterval } from "../contract/index.js";
import { ensurePrice } from "../stripe/prices.js";
import { releaseSchedule, scheduleItems } from "../stripe/schedules.js";
import { cancelAtPeriodEnd, keepGoing } from "../stripe/subscriptions.js";
import type { BilledState, BilledSubscription } from "../subscription/billed.js";
import type { Beside } from "../subscription/decide-beside.js";
import type { PlanLine } from "../subscription/plan-lines.js";
import {
  isSameItems,
  type PricedQuantity,
  upcomingInterval,
  upcomingItems,
} from "../subscription/upcoming.js";
import type { App } from "./app.js";
import { addedItems } from "./item-changes.js";
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
  const items = [
    { priceId: await ensurePrice(client, planned.offer), quantity: item.quantity },
    ...(await besideItems(app, planned.beside)),
  ];
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
  await release(app, change, subscription);
  await cancelAtPeriodEnd(client, subscription.id, change.key("cancel"));
}

/** Takes back whatever was scheduled for the plan. */
export async function resumePlan(app: App, change: Change, { subscription }: PlanLine): Promise<void> {
  const { client } = await app.gateway();
  await release(app, change, subscription);
  await keepGoing(client, subscription.id, change.key("keep-going"));
}

/** Lets stay what was on its way out and is asked for again. */
export async function keepStaying(
  app: App,
  change: Change,
  { decision, beside, state }: PlannedChange,
): Promise<void> {
  if (decision.kind === "start" || !decision.current?.subscription.schedule?.id) return;
  const { subscription } = decision.current;
  const upcoming = upcomingItems(subscription);
  const back = beside.staying.filter(({ item }) => !upcoming.some(({ priceId }) => priceId === item.priceId));
  if (back.length === 0) return;
  const items = [...upcoming, ...back.map(({ item: { priceId, quantity } }) => ({ priceId, quantity }))];
  await scheduleUpcoming(app, change, { subscription, state, items });
}

/** Ends a schedule, which would overwrite a change at its next phase; what is leaving is written down elsewhere. */
export async function release(app: App, change: Change, { schedule }: BilledSubscription): Promise<void> {
  if (schedule === null || schedule.id === null) return;
  const { client } = await app.gateway();
  await releaseSchedule(client, schedule.id, change.key("release"));
}

/** What is to stand beside a plan, by price. */
export async function besideItems(app: App, { staying, added }: Beside): Promise<PricedQuantity[]> {
  const { client } = await app.gateway();
  const items: PricedQuantity[] = [];
  for (const { item, moved } of staying) {
    const priceId = moved === null ? item.priceId : await ensurePrice(client, moved);
    items.push({ priceId, quantity: item.quantity });
  }
  return [...items, ...(await addedItems(app, added))];
}

/** Schedules again what was scheduled, after a change that had to release it did not work out. */
export async function reschedule(
  app: App,
  change: Change,
  { subscription, state }: { subscription: BilledSubscription; state: BilledState },
): Promise<void> {
  const { schedule } = subscription;
  if (!schedule?.next || schedule.id === null) return;
  const { next } = schedule;
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
    return release(app, change, subscription);
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
