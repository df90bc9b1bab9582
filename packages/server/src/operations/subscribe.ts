import type { SubscribeResult } from "../contract/index.js";
import { keepVersions } from "../database/product-version.js";
import type { BillingCustomer } from "../database/sync-state.js";
import { findPayUrl } from "../stripe/payment-problem.js";
import type { PlanLine } from "../subscription/plan-lines.js";
import { nothingBilled } from "../sync/read-billed-state.js";
import { attachAddOns } from "./add-add-on.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { choosePlan } from "./choose-offer.js";
import { customerNow } from "./customer-now.js";
import { ensureStripeCustomer, getKnownCustomer } from "./ensure-stripe-customer.js";
import { markLeaving, scheduleLeaving } from "./leaving.js";
import { type PlannedChange, planChange, type SubscribeInput } from "./plan-change.js";
import { readHeld } from "./read-held.js";
import { toReturnUrls } from "./return-urls.js";
import { cancelPlan, downgradePlan, keepStaying, resumePlan } from "./schedule-plan.js";
import { nothingDue } from "./settle-charge.js";
import { startPlan } from "./start-plan.js";
import { tellSoon } from "./tell-soon.js";
import { upgradePlan } from "./upgrade-plan.js";
import { type Change, withChange } from "./with-change.js";

/**
 * Puts a customer on a plan, whatever that takes: start, upgrade, downgrade, cancel (to the default plan), resume. The
 * same plan again takes back what is scheduled, and otherwise does nothing.
 * Errors: PLAN_UNKNOWN, CUSTOMER_UNKNOWN, INPUT_INVALID, AUTHORIZATION_DENIED, CARD_DECLINED, SUBSCRIPTION_CHANGED, and
 * those of Stripe.
 */
export async function subscribe(app: App, input: SubscribeInput, caller: Caller): Promise<SubscribeResult> {
  const { customerId } = input;
  const { product } = choosePlan(app, input, caller);
  const customer = await getKnownCustomer(app, customerId);
  const action = product.isDefault ? "cancel" : "subscribe";
  await assertAuthorized(app, { customer, action, product, caller });
  const result = await withChange({ database: app.database, customerId }, async (change) => {
    const state = (await app.sync(customerId)) ?? nothingBilled;
    const planned = await planChange(app, { input, state, caller });
    await writeDownLeaving(app, change, planned);
    const done = await carryOut(app, { change, planned, input, customer, caller });
    const after = await app.sync(customerId);
    if (after !== null && (await scheduleLeaving(app, change, after))) await app.sync(customerId);
    return done;
  });
  tellSoon(app, customerId);
  return result;
}

interface CarryOutInput {
  change: Change;
  planned: PlannedChange;
  input: SubscribeInput;
  customer: BillingCustomer;
  caller: Caller;
}

async function carryOut(app: App, it: CarryOutInput): Promise<SubscribeResult> {
  const { change, planned, input, customer, caller } = it;
  const { decision } = planned;
  await app.database.query((orm) => keepVersions(orm, productsOf(planned)));
  switch (decision.kind) {
    case "none": {
      if (decision.current === null) return nothingDue;
      await keepStaying(app, change, planned);
      if (planned.beside.added.length > 0) return attach(app, it, decision.current);
      return { ...nothingDue, paymentUrl: await findDebt(app, decision.current) };
    }
    case "start": {
      const { stripeCustomerId } = await ensureStripeCustomer(app, customer.customerId);
      const urls = await toReturnUrls(app, input, caller);
      return startPlan(app, { change, planned, start: decision, input, stripeCustomerId, urls });
    }
    case "upgrade": {
      const now = customerNow(app, customer);
      return upgradePlan(app, {
        change,
        planned,
        upgrade: decision,
        coupon: input.coupon ?? null,
        now,
        quotedAt: input.quotedAt,
      });
    }
    case "downgrade":
      await downgradePlan(app, change, { planned, current: decision.current, at: decision.at });
      return nothingDue;
    case "cancel":
      await cancelPlan(app, change, decision.current);
      return nothingDue;
    case "resume":
      await resumePlan(app, change, decision.current);
      return planned.beside.added.length > 0 ? attach(app, it, decision.current) : nothingDue;
  }
}

function productsOf({ offer, beside }: PlannedChange) {
  return [offer, ...beside.added].map(({ product }) => product);
}

/** Before anything is done: a schedule that says it may have to go, and whoever comes after a crash has to know. */
async function writeDownLeaving(
  app: App,
  change: Change,
  { decision, beside }: PlannedChange,
): Promise<void> {
  if (decision.kind === "start" || decision.current === null) return;
  const { subscription } = decision.current;
  await markLeaving(app, change, { subscription, priceIds: beside.leaving.map(({ priceId }) => priceId) });
}

/** Add-ons for the plan that goes on, on the subscription as it is by now. */
async function attach(
  app: App,
  it: CarryOutInput,
  { subscription, item }: PlanLine,
): Promise<SubscribeResult> {
  const { change, planned, customer, input } = it;
  const { quotedAt } = input;
  const { lines, state } = await readHeld(app, customer.customerId);
  const base = lines.find((line) => line.subscription.id === subscription.id && line.item.id === item.id);
  if (base === undefined) return nothingDue;
  const { added: addOns } = planned.beside;
  return attachAddOns(app, { change, base, addOns, state, now: customerNow(app, customer), quotedAt });
}

/** Somebody whose payment failed and who asks for the same plan wants to pay. */
async function findDebt(app: App, { subscription }: PlanLine): Promise<string | null> {
  if (subscription.status !== "past_due") return null;
  const { client } = await app.gateway();
  return findPayUrl(client, subscription.id);
}
