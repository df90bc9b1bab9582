import type { Plan } from "../catalog/model.js";
import { addPeriods, type ChangeKind, type SubscribePreview } from "../contract/index.js";
import type { BillingCustomer } from "../database/sync-state.js";
import { previewInvoice } from "../stripe/preview-invoice.js";
import { ensurePrice } from "../stripe/prices.js";
import type { ItemChange } from "../stripe/subscriptions.js";
import type { BilledItem } from "../subscription/billed.js";
import type { Start, Upgrade } from "../subscription/decide-change.js";
import type { PlanLine } from "../subscription/plan-lines.js";
import { nothingBilled, readBilledState } from "../sync/read-billed-state.js";
import type { App, Caller } from "./app.js";
import { assertAuthorized } from "./authorize.js";
import { choosePlan, type Offer } from "./choose-offer.js";
import { customerNow } from "./customer-now.js";
import { getKnownCustomer } from "./ensure-stripe-customer.js";
import { addedItems, movedItems, removedItems } from "./item-changes.js";
import { type PlannedChange, planChange, type SubscribeInput } from "./plan-change.js";
import { prorationDate } from "./proration-date.js";
import { besideItems } from "./schedule-plan.js";
import { toItemChanges } from "./upgrade-plan.js";

/**
 * What `subscribe` with the same input would do and cost; the same decision, stopped before anything is carried out.
 * Errors: as `subscribe`, but for the card.
 */
export async function previewSubscribe(
  app: App,
  input: SubscribeInput,
  caller: Caller,
): Promise<SubscribePreview> {
  const { product } = choosePlan(app, input, caller);
  const customer = await getKnownCustomer(app, input.customerId);
  const action = product.isDefault ? "cancel" : "subscribe";
  await assertAuthorized(app, { customer, action, product, caller });
  const state = await readState(app, customer);
  const planned = await planChange(app, { input, state, caller });
  const { coupon = null, quotedAt } = input;
  return describe(app, { planned, customer, coupon, now: customerNow(app, customer), quotedAt });
}

async function readState(app: App, { stripeCustomerId }: BillingCustomer) {
  if (stripeCustomerId === null) return nothingBilled;
  const { client } = await app.gateway();
  return readBilledState(client, stripeCustomerId);
}

interface DescribeInput {
  planned: PlannedChange;
  customer: BillingCustomer;
  coupon: string | null;
  now: Date;
  /** An earlier preview's, to ask for the same again. */
  quotedAt: Date | undefined;
}

async function describe(app: App, it: DescribeInput): Promise<SubscribePreview> {
  const { planned, now } = it;
  const { decision, offer } = planned;
  const common = { kind: decision.kind, currency: offer.price.currency, effectiveAt: now };
  const free = { ...common, lines: [], total: 0, quotedAt: null };
  switch (decision.kind) {
    case "start":
      return describeStart(app, it, decision);
    case "upgrade":
      return describeUpgrade(app, it, decision);
    case "cancel":
      return { ...free, effectiveAt: decision.at, next: null };
    case "downgrade": {
      const { current, at } = decision;
      const total = await recurringTotal(app, it, current, await nextItems(app, planned, current));
      return { ...free, effectiveAt: at, next: { total, at } };
    }
    default: {
      const { current } = decision;
      if (current === null) return { ...free, next: null };
      const total = await recurringTotal(app, it, current, await nextItems(app, planned, current));
      const next = { total, at: current.item.currentPeriodEnd };
      return { ...free, ...(await describeAdded(app, it, current)), next };
    }
  }
}

/** What the add-ons cost that the plan is given now. */
async function describeAdded(app: App, it: DescribeInput, { subscription, item }: PlanLine) {
  const { added } = it.planned.beside;
  if (added.length === 0 || subscription.status === "trialing") return {};
  const proratedAt = quote(it, item);
  const { client } = await app.gateway();
  const { lines, total } = await previewInvoice(client, {
    stripeCustomerId: it.customer.stripeCustomerId,
    subscription,
    items: await addedItems(app, added),
    coupon: null,
    of: { kind: "change", proratedAt, restartsPeriod: false },
  });
  return { lines, total: Math.max(0, total), quotedAt: proratedAt };
}

async function describeStart(
  app: App,
  it: DescribeInput,
  { kind, trialDays }: Start,
): Promise<SubscribePreview> {
  const { planned, customer, coupon, now } = it;
  const offers = [planned.offer, ...planned.beside.added];
  const { price } = planned.offer;
  const { lines, total } =
    customer.stripeCustomerId === null && coupon === null
      ? listPrice(offers)
      : await previewInvoice((await app.gateway()).client, {
          stripeCustomerId: customer.stripeCustomerId,
          subscription: null,
          items: [...(await addedItems(app, [planned.offer])), ...(await besideItems(app, planned.beside))],
          coupon,
          of: { kind: "recurring" },
        });
  const later = listPrice(offers).total + stayingTotal(planned);
  const common = { kind, currency: price.currency, effectiveAt: now, quotedAt: null };
  if (trialDays > 0) {
    const at = addPeriods(now, [trialDays, "day"], 1);
    return { ...common, lines: [], total: 0, next: { total, at } };
  }
  const at = addPeriods(now, price.interval ?? [1, "month"], 1);
  return { ...common, lines, total, next: { total: later, at } };
}

/** What goes along from the subscription that is replaced. */
function stayingTotal({ beside, state }: PlannedChange): number {
  const amounts = beside.staying.map(
    ({ item, moved }) => (moved?.price.amount ?? state.prices.get(item.priceId)?.amount ?? 0) * item.quantity,
  );
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function listPrice(offers: Offer<Plan>[]) {
  const lines = offers.map(({ product, price }) => ({ description: product.name, amount: price.amount }));
  return { lines, total: lines.reduce((sum, { amount }) => sum + amount, 0) };
}

async function describeUpgrade(app: App, it: DescribeInput, upgrade: Upgrade): Promise<SubscribePreview> {
  const { planned, now } = it;
  const { current, isInTrial, isStepDown, restartsPeriod } = upgrade;
  const { subscription, item } = current;
  const items = await toItemChanges(app, planned, upgrade);
  const { price } = planned.offer;
  const at = restartsPeriod ? addPeriods(now, price.interval ?? [1, "month"], 1) : item.currentPeriodEnd;
  const gone = restartsPeriod ? [] : removedItems(planned.beside);
  const next = { total: await recurringTotal(app, it, current, [...items, ...gone]), at };
  const proratedAt = restartsPeriod ? now : quote(it, item);
  const quotedAt = isInTrial || restartsPeriod ? null : proratedAt;
  const { currency } = price;
  const kind: ChangeKind = isStepDown ? "downgrade" : "upgrade";
  const common = { kind, currency, effectiveAt: now, quotedAt, next };
  if (isInTrial) return { ...common, lines: [], total: 0 };
  const { client } = await app.gateway();
  const { lines, total } = await previewInvoice(client, {
    stripeCustomerId: it.customer.stripeCustomerId,
    subscription,
    items,
    coupon: it.coupon,
    of: { kind: "change", proratedAt, restartsPeriod },
  });
  return { ...common, lines, total: Math.max(0, total) };
}

function quote({ now, quotedAt }: DescribeInput, { currentPeriodStart: periodStart }: BilledItem): Date {
  return prorationDate({ now, periodStart, quotedAt });
}

/** What the subscription will be for, from its next period on. */
async function nextItems(
  app: App,
  { offer, beside, decision }: PlannedChange,
  { item }: PlanLine,
): Promise<ItemChange[]> {
  const { client } = await app.gateway();
  const isOther = decision.kind === "downgrade";
  const own: ItemChange[] = isOther
    ? [{ itemId: item.id, priceId: await ensurePrice(client, offer), quantity: item.quantity }]
    : [];
  const moved = await movedItems(app, beside);
  return [...own, ...moved, ...(await addedItems(app, beside.added)), ...removedItems(beside)];
}

async function recurringTotal(
  app: App,
  { customer, coupon }: DescribeInput,
  { subscription }: PlanLine,
  items: ItemChange[],
): Promise<number> {
  const { client } = await app.gateway();
  const { total } = await previewInvoice(client, {
    stripeCustomerId: customer.stripeCustomerId,
    subscription,
    items,
    coupon,
    of: { kind: "recurring" },
  });
  return total;
}
