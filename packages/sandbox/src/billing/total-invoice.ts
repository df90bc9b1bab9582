import { type AppliedDiscount, totalLines } from "../engine/total-lines.js";
import { newId } from "../world/new-id.js";
import type { DiscountAmount, Invoice, InvoiceLine, PretaxCredit } from "../world/objects/invoice.js";
import { listOf } from "../world/objects/values.js";
import type { World } from "../world/world.js";
import type { DraftLine } from "./draft-line.js";

/** The amounts of an invoice that follow from its lines and discounts. */
export type Totals = Pick<
  Invoice,
  | "lines"
  | "subtotal"
  | "subtotal_excluding_tax"
  | "total"
  | "total_excluding_tax"
  | "total_discount_amounts"
  | "total_pretax_credit_amounts"
  | "amount_due"
  | "amount_remaining"
>;

/**
 * Adds up an invoice. A discount of the whole invoice whose coupon is for certain products counts on their lines alone.
 */
export function totalInvoice(
  world: World,
  {
    id,
    currency,
    lines,
    discounts,
  }: {
    id: string;
    currency: string;
    lines: readonly (DraftLine & { id?: string })[];
    discounts: readonly string[];
  },
): Totals {
  const general = discounts.filter((discount) => productsOf(world, discount) === null);
  const bound = discounts.filter((discount) => productsOf(world, discount) !== null);
  const totals = totalLines(
    lines.map((line) => ({
      amount: line.amount,
      isDiscountable: line.discountable,
      discounts: [
        ...line.discounts,
        ...bound.filter((discount) =>
          productsOf(world, discount)?.includes(line.pricing.price_details?.product ?? ""),
        ),
      ].map((discount) => toApplied(world, discount)),
    })),
    general.map((discount) => toApplied(world, discount)),
  );
  const amounts = totals.totalDiscounts;
  const due = Math.max(0, totals.total);
  return {
    lines: listOf(
      `/v1/invoices/${id}/lines`,
      lines.map((line, index) =>
        toLine(line, { invoice: id, currency, shares: totals.lineDiscounts[index] ?? [] }),
      ),
    ),
    subtotal: totals.subtotal,
    subtotal_excluding_tax: totals.subtotal,
    total: totals.total,
    total_excluding_tax: totals.total,
    total_discount_amounts: amounts,
    total_pretax_credit_amounts: amounts.map(toCredit),
    amount_due: due,
    amount_remaining: due,
  };
}

/** A discount as the engine applies it. */
export function toApplied(world: World, id: string): AppliedDiscount {
  const { percent_off, amount_off } = world.get("coupon", world.get("discount", id).source.coupon);
  return { id, percentOff: percent_off, amountOff: amount_off };
}

function productsOf(world: World, discount: string): readonly string[] | null {
  return world.get("coupon", world.get("discount", discount).source.coupon).hidden.products;
}

function toLine(
  line: DraftLine & { id?: string },
  { invoice, currency, shares }: { invoice: string; currency: string; shares: readonly DiscountAmount[] },
): InvoiceLine {
  return {
    id: line.id ?? newId("line_item"),
    object: "line_item",
    amount: line.amount,
    currency,
    description: line.description,
    discount_amounts: shares,
    discountable: line.discountable,
    discounts: line.discounts,
    invoice,
    livemode: false,
    metadata: line.metadata,
    parent: line.parent,
    period: line.period,
    pretax_credit_amounts: shares.map(toCredit),
    pricing: line.pricing,
    quantity: line.quantity,
    quantity_decimal: line.quantityDecimal,
    subscription: line.subscription,
    subtotal: line.amount,
    taxes: [],
  };
}

function toCredit({ amount, discount }: DiscountAmount): PretaxCredit {
  return { amount, discount, type: "discount" };
}
