import type { Plan, Price } from "../catalog/model.js";
import {
  type ChangeKind,
  type CurrentPlan,
  classifyChange,
  isSameInterval,
  waitsForEnd,
} from "../contract/index.js";
import type { BilledState, BilledSubscription } from "./billed.js";
import { findSuccessor } from "./holdings.js";
import { byGroup, type FindProduct, groupKey, type PlanLine, toPlanLines } from "./plan-lines.js";
import { hasEnded, isGiving } from "./status.js";

export interface DecideInput {
  state: BilledState;
  findProduct: FindProduct;
  target: ChosenPlan;
  /** Whether the customer has had the group's trial. */
  hadTrial: boolean;
  /** Pay on Stripe's page, although a card is on file. */
  forceCheckout: boolean;
}

export interface ChosenPlan {
  plan: Plan;
  price: Price;
}

/** What `subscribe` is going to do, and all that carrying it out or previewing it needs. */
export type Decision =
  | { kind: "none"; current: PlanLine | null }
  | Start
  | Upgrade
  | { kind: "downgrade"; current: PlanLine; at: Date }
  | { kind: "cancel"; current: PlanLine; at: Date }
  | { kind: "resume"; current: PlanLine };

export interface Start {
  kind: "start";
  /** Days of trial; 0 without one. */
  trialDays: number;
  /** On Stripe's page; else by the card on file, or without one because nothing is due. */
  isPaidOnPage: boolean;
  /** What is left over of the group and gives nothing: it ends first, so that nobody pays for both. */
  leftovers: BilledSubscription[];
  /** What the new subscription is bought in place of: it ends once the new one is paid, and its add-ons go along. */
  replaces: PlanLine | null;
}

/** A change that happens at once: a step up, or in a trial also a step down. */
export interface Upgrade {
  kind: "upgrade";
  isStepDown: boolean;
  current: PlanLine;
  /** Nothing has been paid yet: the plan changes, the trial goes on, nothing is charged. */
  isInTrial: boolean;
  /** Another interval: a new period begins now, and what is left of the old one is credited. */
  restartsPeriod: boolean;
}

/** Pure: what becomes of a customer's plan when `target` is asked for. */
export function decideChange(input: DecideInput): Decision {
  const { state, findProduct, target } = input;
  const lines = byGroup(toPlanLines(state, findProduct).lines).get(groupKey(target.plan)) ?? [];
  const current = lines.find(({ subscription }) => isGiving(subscription.status)) ?? null;
  const kind = classify(current, input);
  if (current === null) return kind === "start" ? start(input, lines, null) : { kind: "none", current };
  const { subscription, item, price } = current;
  const isInTrial = subscription.status === "trialing";
  if ((kind === "downgrade" || kind === "cancel") && waitsForEnd(kind, isInTrial)) {
    return { kind, current, at: item.currentPeriodEnd };
  }
  if (kind === "upgrade" || kind === "downgrade") {
    if (!isInTrial && mustPayOnPage(input)) return start(input, lines, current);
    const restartsPeriod = !isInTrial && !isSameInterval(price.interval, target.price.interval);
    return { kind: "upgrade", isStepDown: kind === "downgrade", current, isInTrial, restartsPeriod };
  }
  return kind === "resume" ? { kind, current } : { kind: "none", current };
}

function classify(current: PlanLine | null, { state, findProduct, target }: DecideInput): ChangeKind {
  const { plan, price } = target;
  const chosen = { planId: plan.id, isDefault: plan.isDefault, price: plan.isDefault ? null : price };
  if (current === null) return classifyChange(null, chosen);
  const successor = findSuccessor(current, { state, findProduct });
  const next = current.subscription.schedule?.next ?? null;
  // A schedule may be about what stands beside the plan alone.
  if (successor?.priceId === current.item.priceId || next === null) {
    return classifyChange(toCurrentPlan(current, { endsAt: null, scheduledPlanId: null }), chosen);
  }
  const interval = state.prices.get(successor?.priceId ?? "")?.interval ?? null;
  if (successor?.plan.id === plan.id && isSameInterval(interval, price.interval)) return "none";
  const scheduled = { endsAt: next.startsAt, scheduledPlanId: successor?.plan.id ?? null };
  return classifyChange(toCurrentPlan(current, scheduled), chosen);
}

function toCurrentPlan(
  { subscription, plan, price }: PlanLine,
  scheduled: Pick<CurrentPlan, "endsAt" | "scheduledPlanId">,
): CurrentPlan {
  return {
    planId: plan.id,
    isDefault: false,
    interval: price.interval,
    prices: plan.prices,
    ...scheduled,
    endsAt: subscription.cancelAt ?? scheduled.endsAt,
  };
}

function start(input: DecideInput, lines: readonly PlanLine[], replaced: PlanLine | null): Start {
  const { plan, price } = input.target;
  const trialDays = input.hadTrial || replaced !== null ? 0 : plan.trialDays;
  const isFreeNow = price.amount === 0 || (trialDays > 0 && !plan.trialRequiresCard);
  return {
    kind: "start",
    trialDays,
    isPaidOnPage: !isFreeNow && mustPayOnPage(input),
    leftovers: lines.map(({ subscription }) => subscription).filter(isLeftover),
    replaces: replaced,
  };
}

/** Never paid for, or given up on by Stripe: it gives nothing, but it could still be charged for. */
function isLeftover({ status }: BilledSubscription): boolean {
  return !hasEnded(status) && !isGiving(status);
}

function mustPayOnPage({ state, forceCheckout }: DecideInput): boolean {
  return forceCheckout || state.paymentMethod === null;
}
