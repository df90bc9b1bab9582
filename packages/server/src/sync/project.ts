import type { OneTimeProduct, Plan } from "../catalog/model.js";
import type { PurchaseRow } from "../database/purchase.js";
import type { SubscriptionRow } from "../database/subscription.js";
import type { BilledPayment, BilledState } from "../subscription/billed.js";
import { findRepeats } from "../subscription/find-repeats.js";
import { coverageOf, findSuccessor, type Holding, holdDefault, holdPlans } from "../subscription/holdings.js";
import {
  byGroup,
  type FindProduct,
  groupKey,
  type PlanLine,
  toPlanLines,
} from "../subscription/plan-lines.js";
import { endOf, type SpanRules } from "../subscription/span.js";
import { hasEnded } from "../subscription/status.js";

export interface ProjectInput {
  customer: { customerId: string; createdAt: Date };
  state: BilledState;
  /** The default plan of each group, as the customer was given it. */
  defaults: readonly Plan[];
  findProduct: FindProduct;
  dunningDays: number;
}

/** What the database is to say about a customer, given what Stripe says. */
export interface Projection {
  subscriptions: SubscriptionRow[];
  purchases: PurchaseRow[];
  /** What the customer has now and, as far as it is known, later. */
  holdings: Holding[];
  trials: { trialGroup: string; startedAt: Date }[];
  /** For the team to read. */
  warnings: string[];
}

/** Pure: the same facts always give the same rows, in whatever order they became known. */
export function project(input: ProjectInput): Projection {
  const { customer, state, findProduct, dunningDays } = input;
  const { lines, strangers } = toPlanLines(state, findProduct);
  const groups = byGroup(lines);
  const rules = { dunningDays, hasCard: state.paymentMethod !== null };
  const plans = [...groups.values()].map((group) => holdPlans({ lines: group, state, findProduct, rules }));
  const defaults = input.defaults.flatMap((plan) => {
    const held = plans.flat().filter(({ product }) => isOfGroup(product, plan.group));
    return holdDefault(plan, held, customer.createdAt) ?? [];
  });
  const repeats = new Set(findRepeats(state.payments, findProduct));
  const payments = state.payments
    .filter((payment) => !repeats.has(payment))
    .map((payment) => toPurchase(payment, findProduct));
  return {
    subscriptions: lines.map((line) =>
      toRow(line, { customerId: customer.customerId, state, findProduct, rules }),
    ),
    purchases: state.payments.map((payment) => ({
      ...toPurchaseRow(payment, customer.customerId),
      ...(repeats.has(payment) ? { status: "revoked" as const } : {}),
    })),
    holdings: [...plans.flat(), ...defaults, ...payments.flatMap(({ holding }) => holding)],
    trials: lines.flatMap(({ subscription, plan }) =>
      subscription.trialStart === null
        ? []
        : [{ trialGroup: groupKey(plan), startedAt: subscription.trialStart }],
    ),
    warnings: [
      ...strangers.map((priceId) => `the price ${priceId} is not one of PayKit's; its item gives nothing`),
      ...payments.flatMap(({ warning }) => warning),
      ...crowded(groups),
    ],
  };
}

function isOfGroup(product: Holding["product"], group: string | null): boolean {
  return product.kind === "plan" && product.group === group;
}

function crowded(groups: ReadonlyMap<string, PlanLine[]>): string[] {
  return [...groups].flatMap(([key, lines]) => {
    const alive = lines.filter(({ subscription }) => !hasEnded(subscription.status));
    const ids = alive.map(({ subscription }) => subscription.id);
    return ids.length < 2 ? [] : [`${ids.join(", ")} are all of ${key}; the dearest one counts`];
  });
}

interface RowInput {
  customerId: string;
  state: BilledState;
  findProduct: FindProduct;
  rules: SpanRules;
}

function toRow(line: PlanLine, { customerId, state, findProduct, rules }: RowInput): SubscriptionRow {
  const { subscription, item, price, plan } = line;
  const next = findScheduled(line, { state, findProduct });
  const cancelAt = endOf(subscription, state.paymentMethod !== null);
  return {
    customerId,
    subscriptionId: subscription.id,
    planId: plan.id,
    itemId: item.id,
    priceId: price.id,
    version: plan.version,
    group: plan.group,
    status: subscription.status,
    intervalCount: price.interval?.[0] ?? null,
    intervalUnit: price.interval?.[1] ?? null,
    amount: price.amount ?? 0,
    currency: price.currency,
    quantity: item.quantity,
    currentPeriodStart: item.currentPeriodStart,
    currentPeriodEnd: item.currentPeriodEnd,
    trialStart: subscription.trialStart,
    trialEnd: subscription.trialEnd,
    cancelAt,
    cancelAtPeriodEnd: cancelAt?.getTime() === item.currentPeriodEnd.getTime(),
    canceledAt: subscription.canceledAt,
    endedAt: subscription.endedAt,
    pastDueSince: subscription.unpaidSince,
    entitledUntil: entitledUntil(line, { state, findProduct, rules }),
    anchorAt: subscription.anchorAt,
    scheduledPlanId: next?.planId ?? null,
    scheduledAt: next?.startsAt ?? null,
    scheduleId: subscription.schedule?.id ?? null,
    startedAt: subscription.createdAt,
  };
}

/** What is over before it began was over from the start. */
function entitledUntil(line: PlanLine, known: Omit<RowInput, "customerId">): Date | null {
  const span = coverageOf(line, known);
  return span === null ? line.subscription.createdAt : span.until;
}

/** What a schedule changes about a line; null when it goes on as it is, though something beside it changes. */
function findScheduled(
  line: PlanLine,
  known: { state: BilledState; findProduct: FindProduct },
): { planId: string | null; startsAt: Date } | null {
  const next = line.subscription.schedule?.next ?? null;
  const successor = findSuccessor(line, known);
  if (next === null || successor?.priceId === line.item.priceId) return null;
  return { planId: successor?.plan.id ?? null, startsAt: next.startsAt };
}

function toPurchaseRow(payment: BilledPayment, customerId: string): PurchaseRow {
  return {
    customerId,
    purchaseId: payment.id,
    productId: payment.productId,
    version: payment.version,
    quantity: payment.quantity,
    amount: payment.amount,
    currency: payment.currency,
    status: payment.refundedAt === null ? "paid" : "refunded",
    paymentIntentId: payment.paymentIntentId,
    purchasedAt: payment.paidAt,
  };
}

function toPurchase(
  payment: BilledPayment,
  findProduct: FindProduct,
): { holding: Holding[]; warning: string[] } {
  const product = findProduct(payment.productId, payment.version);
  if (product?.kind !== "product") {
    return { holding: [], warning: [`nobody knows what ${payment.productId} of ${payment.id} was`] };
  }
  const isRevoked = payment.refundedAt !== null && product.onRefund === "revoke";
  const holding: Holding = {
    grantId: `purchase:${payment.id}`,
    product: isRevoked ? endingWithPurchase(product) : product,
    quantity: payment.quantity,
    startsAt: payment.paidAt,
    hasBegun: !isRevoked,
    endsAt: isRevoked ? payment.refundedAt : null,
    anchorAt: payment.paidAt,
  };
  return { holding: [holding], warning: [] };
}

/** What would stay for good goes too when the money goes back. */
function endingWithPurchase(product: OneTimeProduct): OneTimeProduct {
  const includes = product.includes.map((include) => ({
    ...include,
    expires: "when-purchase-expires" as const,
  }));
  return { ...product, includes };
}
