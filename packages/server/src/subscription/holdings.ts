import type { Plan, Product } from "../catalog/model.js";
import type { BilledState } from "./billed.js";
import { type FindProduct, findPlan, groupKey, type PlanLine } from "./plan-lines.js";
import { earliest, type Span, type SpanRules, spanOf } from "./span.js";

/** A product that a customer has for a time, and that its grants are made from. */
export interface Holding {
  /** What its grants are known by, so that the same facts always mean the same rows. */
  grantId: string;
  product: Product;
  quantity: number;
  startsAt: Date;
  /** Whether Stripe says that it has begun, whatever the time is here. */
  hasBegun: boolean;
  /** The first instant at which the customer no longer has it; null while it goes on. */
  endsAt: Date | null;
  /** What the periods of a quota are counted from. */
  anchorAt: Date;
}

export interface HoldPlansInput {
  /** The plan lines of one group, the one that counts first. */
  lines: readonly PlanLine[];
  state: BilledState;
  findProduct: FindProduct;
  rules: SpanRules;
}

/**
 * What the subscriptions of one group give, now and later. Only one counts at a time: a lesser one of the same group
 * begins to count when the better one ends. A scheduled change is two holdings that meet.
 */
export function holdPlans({ lines, state, findProduct, rules }: HoldPlansInput): Holding[] {
  const holdings: Holding[] = [];
  let coveredUntil: Date | null | undefined;
  for (const line of lines) {
    const span = coverageOf(line, { state, findProduct, rules });
    if (span === null || coveredUntil === null) continue;
    const from = coveredUntil === undefined || coveredUntil < span.from ? span.from : coveredUntil;
    if (span.until !== null && span.until <= from) continue;
    const hasBegun = coveredUntil === undefined;
    holdings.push(...holdLine(line, { from, until: span.until, hasBegun }, { state, findProduct }));
    coveredUntil = span.until;
  }
  return holdings;
}

/** When a line gives its group something: its plan, or the one that a schedule leads to. */
export function coverageOf(
  line: PlanLine,
  { state, findProduct, rules }: Omit<HoldPlansInput, "lines">,
): Span | null {
  const span = spanOf(line, rules);
  const next = line.subscription.schedule?.next ?? null;
  if (span === null || next === null || findSuccessor(line, { state, findProduct }) !== null) return span;
  const until = earliest([span.until, next.startsAt]);
  return until !== null && until <= span.from ? null : { ...span, until };
}

function holdLine(
  line: PlanLine,
  { from, until, hasBegun }: { from: Date; until: Date | null; hasBegun: boolean },
  { state, findProduct }: { state: BilledState; findProduct: FindProduct },
): Holding[] {
  const { subscription, item, plan } = line;
  const anchorAt = subscription.anchorAt;
  const current: Holding = {
    grantId: `plan:${plan.id}:${subscription.id}`,
    product: plan,
    quantity: item.quantity,
    startsAt: from,
    hasBegun,
    endsAt: until,
    anchorAt,
  };
  const next = subscription.schedule?.next ?? null;
  if (next === null || next.startsAt <= from || (until !== null && until <= next.startsAt)) return [current];
  const successor = findSuccessor(line, { state, findProduct });
  // The same plan at another price or version goes on under the same name, and only its terms change.
  if (successor === null || successor.plan.id === plan.id) return [current];
  const grantId = `plan:${successor.plan.id}:${subscription.id}`;
  const { quantity } = successor;
  return [
    { ...current, endsAt: next.startsAt },
    {
      grantId,
      product: successor.plan,
      quantity,
      startsAt: next.startsAt,
      hasBegun: false,
      endsAt: until,
      anchorAt,
    },
  ];
}

/** The plan of the same group that a schedule leads to; null when the group has none from then on. */
export function findSuccessor(
  { subscription, plan }: PlanLine,
  { state, findProduct }: { state: BilledState; findProduct: FindProduct },
): { plan: Plan; quantity: number; priceId: string } | null {
  for (const { priceId, quantity } of subscription.schedule?.next?.items ?? []) {
    const price = state.prices.get(priceId);
    const successor = price === undefined ? null : findPlan(price, findProduct);
    if (successor !== null && groupKey(successor) === groupKey(plan)) {
      return { plan: successor, quantity, priceId };
    }
  }
  return null;
}

/**
 * The default plan of a group, from when nothing else of the group counts any more; null while that is not in sight.
 * Its periods are counted from the day the customer came, so that leaving and coming back never renews it early.
 */
export function holdDefault(
  plan: Plan,
  held: readonly Pick<Holding, "endsAt">[],
  createdAt: Date,
): Holding | null {
  if (held.some(({ endsAt }) => endsAt === null)) return null;
  const ends = held.map(({ endsAt }) => endsAt?.getTime() ?? 0);
  return {
    grantId: defaultGrantId(plan.id),
    product: plan,
    quantity: 1,
    startsAt: new Date(Math.max(createdAt.getTime(), ...ends)),
    hasBegun: false,
    endsAt: null,
    anchorAt: createdAt,
  };
}

/** What the rows of a default plan are known by. */
export function defaultGrantId(planId: string): string {
  return `plan:${planId}:default`;
}

/**
 * Stripe's clock may be ahead of the database's, and what was paid for counts at once all the same. It renews no sooner for
 * it: its periods stay where Stripe has them.
 */
export function beginBy<H extends Holding>(holding: H, now: Date): H & { settledAt: Date } {
  const { startsAt, hasBegun } = holding;
  return { ...holding, startsAt: hasBegun && startsAt > now ? now : startsAt, settledAt: startsAt };
}
