import { periodAt } from "../engine/cadence.js";
import { describeCredit, describeDebit } from "../engine/describe-line.js";
import type { Instant, Period } from "../engine/instant.js";
import { exactAmount, priceAmount } from "../engine/price-lines.js";
import { creditsFor, type Debit, prorateDebit } from "../engine/prorate.js";
import { type Rational, ratio } from "../engine/rational.js";
import { totalLines } from "../engine/total-lines.js";
import type { InvoiceItem } from "../world/objects/invoice.js";
import type { Subscription, SubscriptionItem } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import type { ItemPair } from "./apply-items.js";
import { discountsOf } from "./discounts.js";
import { arrearsLines } from "./draft-line.js";
import { createInvoiceItem, type NewInvoiceItem } from "./invoice-item.js";
import { cadenceOf, isMetered, periodOf, toPricing, toTerms } from "./price-terms.js";
import { invoicesOf } from "./settle-subscription.js";
import { toApplied } from "./total-invoice.js";
import { itemsOf } from "./track-subscription.js";

/**
 * The pending items that a change of a running subscription makes: credits for what was paid beyond `at`, and debits for
 * the rest of the periods as they are now. In a trial there is nothing to give back and nothing to take.
 *
 * Source: Stripe, "Prorations". Flexible billing gives back what was really debited; classic billing the share of the
 * price as it was.
 */
export function createProrations(
  world: World,
  id: string,
  { pairs, at }: { pairs: readonly ItemPair[]; at: Instant },
): InvoiceItem[] {
  const subscription = world.get("subscription", id);
  if (subscription.status === "trialing") return [];
  const credits = pairs.flatMap(({ before, after, clearUsage }) => {
    if (before === null) return [];
    const usage = after === null && !clearUsage ? usageItems(world, subscription, { item: before, at }) : [];
    return [...usage, ...creditItems(world, subscription, { item: before, at })];
  });
  const debits = pairs.flatMap(({ after }) =>
    after === null ? [] : debitItems(world, subscription, { item: after, at }),
  );
  return [...credits, ...debits];
}

type Subject = { item: SubscriptionItem; at: Instant };

/** Something that was billed for an item: a line of an invoice, or an item that still waits for one. */
type Billed = Debit & { key: string; invoice: string | null; line: string | null };

export function creditItems(world: World, subscription: Subscription, { item, at }: Subject): InvoiceItem[] {
  const price = world.get("price", item.price);
  if (isMetered(price)) return [];
  const product = world.get("product", price.product).name;
  const billed =
    subscription.billing_mode.type === "flexible"
      ? billedFor(world, subscription, item)
      : [{ ...fullDebit(world, item), key: item.id, invoice: null, line: null }];
  const credits = creditsFor(billed, at).filter(({ amount }) => amount !== 0);
  if (subscription.billing_mode.type === "flexible")
    rememberCredited(
      world,
      subscription,
      credits.map(({ debit }) => debit.key),
    );
  return credits.map(({ amount, period, debit }) =>
    prorationItem(world, subscription, {
      item,
      amount,
      description: describeCredit({ product, quantity: item.quantity ?? 1 }, at),
      period,
      credited:
        debit.invoice !== null && debit.line !== null ? { invoice: debit.invoice, line: debit.line } : null,
    }),
  );
}

function debitItems(world: World, subscription: Subscription, { item, at }: Subject): InvoiceItem[] {
  const price = world.get("price", item.price);
  if (isMetered(price)) return [];
  const period = { start: Math.max(at, item.current_period_start), end: item.current_period_end };
  if (period.start >= period.end) return [];
  const amount = prorateDebit({
    fullAmount: netAmount(world, subscription, item),
    fullPeriod: fullPeriodOf(world, subscription, item),
    from: period.start,
    to: period.end,
  });
  const product = world.get("product", price.product).name;
  return [
    prorationItem(world, subscription, {
      item,
      amount,
      description: describeDebit({ product, quantity: item.quantity ?? 1 }, at),
      period,
      credited: null,
    }),
  ];
}

/** A pending item for a part of an item's period. */
function prorationItem(
  world: World,
  subscription: Subscription,
  {
    item,
    credited,
    ...given
  }: Pick<NewInvoiceItem, "amount" | "description" | "period"> & {
    item: SubscriptionItem;
    credited: NonNullable<NewInvoiceItem["proration"]>["credited"];
  },
): InvoiceItem {
  return createInvoiceItem(world, {
    ...given,
    customer: subscription.customer,
    currency: subscription.currency,
    discountable: false,
    pricing: toPricing(world.get("price", item.price)),
    quantity: item.quantity ?? 1,
    subscription: subscription.id,
    subscriptionItem: item.id,
    proration: { credited },
  });
}

/** What was used of a metered item that goes away. */
function usageItems(world: World, subscription: Subscription, { item, at }: Subject): InvoiceItem[] {
  const period = { start: item.current_period_start, end: at };
  return arrearsLines(world, { subscription, item, period })
    .filter(({ amount }) => amount !== 0)
    .map((line) =>
      createInvoiceItem(world, {
        customer: subscription.customer,
        currency: subscription.currency,
        amount: line.amount,
        description: line.description,
        discountable: true,
        period,
        pricing: line.pricing,
        quantity: line.quantity ?? 1,
        quantityDecimal: line.quantityDecimal ?? "1",
        subscription: subscription.id,
        subscriptionItem: item.id,
        proration: null,
      }),
    );
}

/** Everything billed for an item that was not given back yet, net of its discounts. */
function billedFor(world: World, subscription: Subscription, item: SubscriptionItem): Billed[] {
  const { credited } = subscription.hidden;
  const lines = invoicesOf(world, subscription)
    .filter(({ status }) => status !== "void")
    .flatMap(({ id, lines: { data } }) => data.map((line) => ({ line, invoice: id })))
    .filter(({ line }) => line.parent.subscription_item_details?.subscription_item === item.id)
    .map(({ line, invoice }) => ({
      amount: line.amount - line.discount_amounts.reduce((sum, { amount }) => sum + amount, 0),
      period: line.period,
      key: line.parent.subscription_item_details?.invoice_item ?? line.id,
      invoice,
      line: line.id,
    }));
  const waiting = world
    .ofCustomer("invoiceitem", subscription.customer)
    .filter(
      ({ invoice, parent }) => invoice === null && parent?.subscription_details.subscription_item === item.id,
    )
    .map(({ id, amount, period }) => ({ amount, period, key: id, invoice: null, line: null }));
  return [...lines, ...waiting].filter(({ amount, key }) => amount > 0 && !credited.includes(key));
}

function rememberCredited(world: World, { id }: Subscription, keys: readonly string[]): void {
  const { hidden } = world.get("subscription", id);
  world.change("subscription", id, { hidden: { ...hidden, credited: [...hidden.credited, ...keys] } });
}

function fullDebit(world: World, item: SubscriptionItem): Debit {
  const terms = toTerms(world.get("price", item.price));
  return { amount: priceAmount(terms, String(item.quantity ?? 1)), period: periodOf(item) };
}

/** The period as it would be without a cancellation that cuts it short. */
function fullPeriodOf(world: World, subscription: Subscription, item: SubscriptionItem): Period {
  if (subscription.cancel_at === null || item.current_period_end !== subscription.cancel_at)
    return periodOf(item);
  return periodAt(cadenceOf(subscription, world.get("price", item.price)), item.current_period_start);
}

/** What an item costs for a full period after its share of the discounts that are in force. */
function netAmount(world: World, subscription: Subscription, item: SubscriptionItem): Rational {
  const exact = exactAmount(toTerms(world.get("price", item.price)), String(item.quantity ?? 1));
  const discounts = discountsOf(world, subscription);
  // The item as it is to be, which it is not yet while a change waits for its payment.
  const items = itemsOf(world, subscription)
    .map((one) => (one.id === item.id ? item : one))
    .filter((one) => !isMetered(world.get("price", one.price)));
  if (discounts.length === 0 && item.discounts.length === 0) return exact;
  const lines = items.map((one) => ({
    amount: priceAmount(toTerms(world.get("price", one.price)), String(one.quantity ?? 1)),
    isDiscountable: true,
    discounts: one.discounts.map((discount) => toApplied(world, discount)),
  }));
  const totals = totalLines(
    lines,
    discounts.map((discount) => toApplied(world, discount)),
  );
  const index = items.findIndex(({ id }) => id === item.id);
  const off = (totals.lineDiscounts[index] ?? []).reduce((sum, share) => sum + share.amount, 0);
  return ratio((lines[index]?.amount ?? 0) - off, 1);
}
