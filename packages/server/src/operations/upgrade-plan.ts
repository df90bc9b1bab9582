import type { SubscribeResult } from "../contract/index.js";
import { voidInvoice } from "../stripe/payment-problem.js";
import { ensurePrice } from "../stripe/prices.js";
import { releaseSchedule } from "../stripe/schedules.js";
import { changeItems, type ItemChange, keepGoing } from "../stripe/subscriptions.js";
import type { Upgrade } from "../subscription/decide-change.js";
import type { PlanLine } from "../subscription/plan-lines.js";
import { upcomingBeside, upcomingItems } from "../subscription/upcoming.js";
import type { App } from "./app.js";
import type { PlannedChange } from "./plan-change.js";
import { reschedule, scheduleUpcoming } from "./schedule-plan.js";
import { settleCharge } from "./settle-charge.js";
import type { Change } from "./with-change.js";

export interface UpgradeInput {
  change: Change;
  planned: PlannedChange;
  upgrade: Upgrade;
  coupon: string | null;
  /** The customer's time. */
  now: Date;
}

/** Another plan at once, for the difference in price. Nothing changes when the payment fails. */
export async function upgradePlan(
  app: App,
  { change, planned, upgrade, coupon, now }: UpgradeInput,
): Promise<SubscribeResult> {
  const { current, isInTrial, restartsPeriod } = upgrade;
  const { subscription } = current;
  const { client } = await app.gateway();
  const items = await toItemChanges(app, planned, upgrade);
  // A schedule would overwrite the change at its next phase.
  if (subscription.schedule !== null) {
    await releaseSchedule(client, subscription.schedule.id, change.key("release"));
  }
  const undo = async (invoiceId?: string) => {
    if (invoiceId !== undefined) await voidInvoice(client, invoiceId);
    await reschedule(app, change, { subscription, state: planned.state });
  };
  const charged = await changeItems(client, {
    subscriptionId: subscription.id,
    items,
    proratedAt: isInTrial ? null : prorationDate(now, current.item.currentPeriodStart),
    restartsPeriod,
    coupon,
    idempotencyKey: change.key("items"),
  }).catch(async (error) => {
    await undo();
    throw error;
  });
  const result = await settleCharge(app, {
    charged: isInTrial ? { ...charged, invoice: null } : charged,
    undo,
  });
  await keepGoing(client, subscription.id, change.key("keep-going"));
  if (result.requiredAction === null) await keepRemovals(app, change, { planned, current });
  return result;
}

/** An add-on that was on its way out still is: the schedule that said so had to go before the upgrade. */
async function keepRemovals(
  app: App,
  change: Change,
  { planned, current }: { planned: PlannedChange; current: PlanLine },
): Promise<void> {
  const staying = new Set(upcomingBeside(current, planned).map(({ priceId }) => priceId));
  const leaving = current.subscription.items.filter(
    ({ id, priceId }) => id !== current.item.id && !staying.has(priceId),
  );
  if (leaving.length === 0) return;
  const state = await app.sync(planned.customerId);
  const subscription = state?.subscriptions.find(({ id }) => id === current.subscription.id);
  if (state === null || subscription === undefined) return;
  const items = upcomingItems(subscription).filter(
    ({ priceId }) => !leaving.some((item) => item.priceId === priceId),
  );
  await scheduleUpcoming(app, change, { subscription, state, items });
}

/** The items as they are to be: the plan's own at the new price, and what is added beside it. */
export async function toItemChanges(
  app: App,
  planned: PlannedChange,
  { current }: Upgrade,
): Promise<ItemChange[]> {
  const { client } = await app.gateway();
  const { item } = current;
  const items: ItemChange[] = [
    { itemId: item.id, priceId: await ensurePrice(client, planned.offer), quantity: item.quantity },
  ];
  for (const addOn of planned.addOns) items.push({ priceId: await ensurePrice(client, addOn), quantity: 1 });
  return items;
}

const minuteMs = 60_000;

/**
 * Prorations count by the second. Whole minutes let a preview and the change that follows it agree to the cent, though a
 * person takes a while to press the button.
 */
export function prorationDate(now: Date, periodStart: Date): Date {
  const minute = Math.floor(now.getTime() / minuteMs) * minuteMs;
  return new Date(Math.max(minute, periodStart.getTime()));
}
