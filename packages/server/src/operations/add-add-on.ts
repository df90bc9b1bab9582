import type { Plan } from "../catalog/model.js";
import { PayKitError, type SubscribeResult } from "../contract/index.js";
import { keepVersions } from "../database/product-version.js";
import { voidInvoice } from "../stripe/payment-problem.js";
import { ensurePrice } from "../stripe/prices.js";
import { changeItems, type ItemChange } from "../stripe/subscriptions.js";
import type { PlanLine } from "../subscription/plan-lines.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { choosePlan, type Offer } from "./choose-offer.js";
import { customerNow } from "./customer-now.js";
import { getKnownCustomer } from "./ensure-stripe-customer.js";
import { listHeldLines } from "./held-lines.js";
import { chooseAddOn } from "./plan-change.js";
import { nothingDue, settleCharge } from "./settle-charge.js";
import { tellSoon } from "./tell-soon.js";
import { prorationDate } from "./upgrade-plan.js";
import { type Change, withChange } from "./with-change.js";

export interface AddOnInput<PlanId extends string = string> {
  customerId: string;
  /** A plan without a group. */
  planId: PlanId;
}

/**
 * Adds an add-on to the customer's subscription, for the rest of the period at once. Having it already changes nothing.
 * Errors: PLAN_UNKNOWN, CUSTOMER_UNKNOWN, INPUT_INVALID (there is no subscription to add to), CARD_DECLINED, and those of
 * Stripe.
 */
export async function addAddOn(app: App, input: AddOnInput, caller: Caller): Promise<SubscribeResult> {
  const { customerId, planId } = input;
  const { product } = choosePlan(app, { planId }, caller);
  const customer = await getKnownCustomer(app, customerId);
  await assertAuthorized(app, { customer, action: "subscribe", product });
  const result = await withChange({ database: app.database, customerId }, async (change) => {
    const held = await listHeldLines(app, customerId);
    if (held.some(({ plan }) => plan.id === planId)) return nothingDue;
    const base = held.find(({ plan }) => plan.group !== null);
    if (base === undefined) {
      throw new PayKitError(
        "INPUT_INVALID",
        "There is no subscription to add to. Subscribe to a plan first.",
      );
    }
    const addOn = chooseAddOn(app, { planId, beside: toOffer(base) }, caller);
    const now = customerNow(app, customer);
    const done = await attachAddOns(app, { change, base, addOns: [addOn], now });
    await app.sync(customerId);
    return done;
  });
  tellSoon(app, customerId);
  return result;
}

export interface AttachInput {
  change: Change;
  base: PlanLine;
  addOns: Offer<Plan>[];
  now: Date;
}

/** Puts add-ons on a subscription that is under way; in its trial they cost nothing yet. */
export async function attachAddOns(
  app: App,
  { change, base, addOns, now }: AttachInput,
): Promise<SubscribeResult> {
  await app.database.query((orm) =>
    keepVersions(
      orm,
      addOns.map(({ product }) => product),
    ),
  );
  const { client } = await app.gateway();
  const items: ItemChange[] = [];
  for (const addOn of addOns) items.push({ priceId: await ensurePrice(client, addOn), quantity: 1 });
  const isInTrial = base.subscription.status === "trialing";
  const charged = await changeItems(client, {
    subscriptionId: base.subscription.id,
    items,
    proratedAt: isInTrial ? null : prorationDate(now, base.item.currentPeriodStart),
    restartsPeriod: false,
    coupon: null,
    idempotencyKey: change.key("add-ons"),
  });
  return settleCharge(app, {
    charged: isInTrial ? { ...charged, invoice: null } : charged,
    undo: (invoiceId) => voidInvoice(client, invoiceId),
  });
}

function toOffer({ plan, price }: PlanLine): Offer<Plan> {
  return {
    product: plan,
    price: { amount: price.amount ?? 0, currency: price.currency, interval: price.interval },
  };
}
