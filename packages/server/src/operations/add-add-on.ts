import type { Plan } from "../catalog/model.js";
import { PayKitError, type SubscribeResult } from "../contract/index.js";
import { keepVersions } from "../database/product-version.js";
import { voidInvoice } from "../stripe/payment-problem.js";
import { changeItems } from "../stripe/subscriptions.js";
import type { BilledState } from "../subscription/billed.js";
import type { PlanLine } from "../subscription/plan-lines.js";
import { leavingOf, upcomingItems } from "../subscription/upcoming.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { choosePlan, type Offer } from "./choose-offer.js";
import { customerNow } from "./customer-now.js";
import { getKnownCustomer } from "./ensure-stripe-customer.js";
import { addedItems } from "./item-changes.js";
import { markLeaving, scheduleLeaving } from "./leaving.js";
import { chooseAddOn } from "./plan-change.js";
import { prorationDate } from "./proration-date.js";
import { type Held, readHeld } from "./read-held.js";
import { release, reschedule, scheduleUpcoming } from "./schedule-plan.js";
import { nothingDue, settleCharge } from "./settle-charge.js";
import { tellSoon } from "./tell-soon.js";
import { type Change, withChange } from "./with-change.js";

export interface AddOnInput<PlanId extends string = string> {
  customerId: string;
  /** A plan without a group. */
  planId: PlanId;
}

/**
 * Adds an add-on to the customer's subscription, for the rest of the period at once. Having it already changes
 * nothing, but that a removal is taken back.
 * Errors: PLAN_UNKNOWN, CUSTOMER_UNKNOWN, INPUT_INVALID (there is no subscription to add to), CARD_DECLINED, and those of
 * Stripe.
 */
export async function addAddOn(app: App, input: AddOnInput, caller: Caller): Promise<SubscribeResult> {
  const { customerId, planId } = input;
  const { product } = choosePlan(app, { planId }, caller);
  const customer = await getKnownCustomer(app, customerId);
  await assertAuthorized(app, { customer, action: "subscribe", product, caller });
  const result = await withChange({ database: app.database, customerId }, async (change) => {
    const held = await readHeld(app, customerId);
    const there = held.lines.find(({ plan }) => plan.id === planId);
    if (there !== undefined) {
      await takeRemovalBack(app, change, { line: there, held });
      await finish(app, change, customerId);
      return nothingDue;
    }
    const base = held.lines.find(({ plan }) => plan.group !== null);
    if (base === undefined) {
      throw new PayKitError(
        "INPUT_INVALID",
        "There is no subscription to add to. Subscribe to a plan first.",
      );
    }
    const addOn = chooseAddOn(app, { planId, beside: toOffer(base) }, caller);
    const now = customerNow(app, customer);
    const { state } = held;
    const done = await attachAddOns(app, { change, base, addOns: [addOn], state, now, quotedAt: undefined });
    await finish(app, change, customerId);
    return done;
  });
  tellSoon(app, customerId);
  return result;
}

async function finish(app: App, change: Change, customerId: string): Promise<void> {
  const state = await app.sync(customerId);
  if (state !== null && (await scheduleLeaving(app, change, state))) await app.sync(customerId);
}

export interface AttachInput {
  change: Change;
  base: PlanLine;
  addOns: Offer<Plan>[];
  state: BilledState;
  now: Date;
  quotedAt: Date | undefined;
}

/** Puts add-ons on a subscription that is under way; in its trial they cost nothing yet. */
export async function attachAddOns(
  app: App,
  { change, base, addOns, state, now, quotedAt }: AttachInput,
): Promise<SubscribeResult> {
  await app.database.query((orm) =>
    keepVersions(
      orm,
      addOns.map(({ product }) => product),
    ),
  );
  const { client } = await app.gateway();
  const added = await addedItems(app, addOns);
  const { subscription } = base;
  const { schedule } = subscription;
  const isInTrial = subscription.status === "trialing";
  const periodStart = base.item.currentPeriodStart;
  const proratedAt = isInTrial ? null : prorationDate({ now, periodStart, quotedAt });
  await markLeaving(app, change, { subscription, priceIds: leavingOf(subscription) });
  // A schedule names every item of each phase, so it would drop the new ones. It is made again afterwards.
  await release(app, change, subscription);
  const putBack = () => reschedule(app, change, { subscription, state });
  const charged = await changeItems(client, {
    subscriptionId: subscription.id,
    items: added,
    proratedAt,
    restartsPeriod: false,
    coupon: null,
    idempotencyKey: change.key("add-ons"),
  }).catch(async (error) => {
    await putBack();
    throw error;
  });
  const result = await settleCharge(app, {
    charged: isInTrial ? { ...charged, invoice: null } : charged,
    undo: async (invoiceId) => {
      await voidInvoice(client, invoiceId);
      await putBack();
    },
  });
  if (schedule?.next && result.requiredAction === null) {
    const next = { ...schedule.next, items: [...schedule.next.items, ...added] };
    await reschedule(app, change, {
      subscription: { ...subscription, schedule: { ...schedule, next } },
      state,
    });
  }
  return result;
}

/** An add-on that is there, and paid for, only has to stay. */
async function takeRemovalBack(
  app: App,
  change: Change,
  { line, held }: { line: PlanLine; held: Held },
): Promise<void> {
  const { subscription, item } = line;
  const { state } = held;
  const priceIds = leavingOf(subscription).filter((priceId) => priceId !== item.priceId);
  await markLeaving(app, change, { subscription, priceIds });
  const upcoming = upcomingItems(subscription);
  const isStaying = upcoming.some(({ priceId }) => priceId === item.priceId);
  if (isStaying || subscription.schedule?.id === null) return;
  const items = [...upcoming, { priceId: item.priceId, quantity: item.quantity }];
  await scheduleUpcoming(app, change, { subscription, state, items });
}

function toOffer({ plan, price }: PlanLine): Offer<Plan> {
  return {
    product: plan,
    price: { amount: price.amount ?? 0, currency: price.currency, interval: price.interval },
  };
}
