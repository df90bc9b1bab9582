import type { SubscribeResult } from "../contract/index.js";
import { voidInvoice } from "../stripe/payment-problem.js";
import { ensurePrice } from "../stripe/prices.js";
import { changeItems, type ItemChange, keepGoing } from "../stripe/subscriptions.js";
import type { Upgrade } from "../subscription/decide-change.js";
import type { App } from "./app.js";
import { addedItems, movedItems, removedItems } from "./item-changes.js";
import type { PlannedChange } from "./plan-change.js";
import { prorationDate } from "./proration-date.js";
import { release, reschedule } from "./schedule-plan.js";
import { settleCharge } from "./settle-charge.js";
import type { Change } from "./with-change.js";

export interface UpgradeInput {
  change: Change;
  planned: PlannedChange;
  upgrade: Upgrade;
  coupon: string | null;
  /** The customer's time. */
  now: Date;
  quotedAt: Date | undefined;
}

/** Another plan at once, for the difference in price. Nothing changes when the payment fails. */
export async function upgradePlan(
  app: App,
  { change, planned, upgrade, coupon, now, quotedAt }: UpgradeInput,
): Promise<SubscribeResult> {
  const { current, isInTrial, restartsPeriod } = upgrade;
  const { subscription } = current;
  const { client } = await app.gateway();
  const proratedAt = isInTrial ? null : toProrated(upgrade, { now, quotedAt });
  const items = await toItemChanges(app, planned, upgrade);
  await release(app, change, subscription);
  const undo = async (invoiceId?: string) => {
    if (invoiceId !== undefined) await voidInvoice(client, invoiceId);
    await reschedule(app, change, { subscription, state: planned.state });
  };
  const charged = await changeItems(client, {
    subscriptionId: subscription.id,
    items,
    proratedAt,
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
  return result;
}

/** A new period that begins now is counted as of the second that Stripe makes it. */
function toProrated(
  { current, restartsPeriod }: Upgrade,
  { now, quotedAt }: Pick<UpgradeInput, "now" | "quotedAt">,
) {
  return restartsPeriod
    ? now
    : prorationDate({ now, periodStart: current.item.currentPeriodStart, quotedAt });
}

/** The items as they are to be: the plan's own at the new price, and what stands beside it. */
export async function toItemChanges(
  app: App,
  { offer, beside }: PlannedChange,
  { current, restartsPeriod }: Upgrade,
): Promise<ItemChange[]> {
  const { client } = await app.gateway();
  const { item } = current;
  const items: ItemChange[] = [
    { itemId: item.id, priceId: await ensurePrice(client, offer), quantity: item.quantity },
  ];
  items.push(...(await movedItems(app, beside)));
  // The period that they were paid for ends here, and the rest of it is credited.
  if (restartsPeriod) items.push(...removedItems(beside));
  items.push(...(await addedItems(app, beside.added)));
  return items;
}
