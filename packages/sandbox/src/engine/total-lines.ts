import { allocateDiscount, type CouponTerms, discountAmount } from "./discount.js";

/** A discount by its id, as invoices refer to it. */
export type AppliedDiscount = CouponTerms & { id: string };

/** A line before discounts. `discounts` are those of its own item; they come before those of the whole invoice. */
export type DiscountableLine = {
  amount: number;
  isDiscountable: boolean;
  discounts: readonly AppliedDiscount[];
};

/** What each discount takes off: off one line, and off the whole. */
export type DiscountShare = { discount: string; amount: number };

export type LinesTotal = {
  /** The shares of each line, in the order of the lines. */
  lineDiscounts: DiscountShare[][];
  totalDiscounts: DiscountShare[];
  subtotal: number;
  total: number;
};

/**
 * Adds up lines. Discounts apply one after the other to what the ones before have left: first those of an item on its
 * own lines, then those of the invoice over all lines that may be discounted. Credits are never discounted.
 */
export function totalLines(
  lines: readonly DiscountableLine[],
  invoiceDiscounts: readonly AppliedDiscount[],
): LinesTotal {
  const left = lines.map((line) => (line.isDiscountable ? Math.max(0, line.amount) : 0));
  const shares: DiscountShare[][] = lines.map(() => []);
  const totals = new Map<string, number>();

  const apply = (discount: AppliedDiscount, covers: (index: number) => boolean) => {
    const amounts = left.map((amount, index) => (covers(index) ? amount : 0));
    const off = discountAmount(discount, sum(amounts));
    for (const [index, amount] of allocateDiscount(off, amounts).entries()) {
      if (!covers(index) || !lines[index]?.isDiscountable) continue;
      shares[index]?.push({ discount: discount.id, amount });
      left[index] = (left[index] ?? 0) - amount;
    }
    totals.set(discount.id, (totals.get(discount.id) ?? 0) + off);
  };

  for (const discount of itemDiscounts(lines)) {
    apply(discount, (index) => lines[index]?.discounts.some(({ id }) => id === discount.id) ?? false);
  }
  for (const discount of invoiceDiscounts) apply(discount, () => true);

  const subtotal = sum(lines.map(({ amount }) => amount));
  return {
    lineDiscounts: shares,
    totalDiscounts: [...totals].map(([discount, amount]) => ({ discount, amount })),
    subtotal,
    total: subtotal - sum([...totals.values()]),
  };
}

function itemDiscounts(lines: readonly DiscountableLine[]): AppliedDiscount[] {
  return [...new Map(lines.flatMap((line) => line.discounts).map((one) => [one.id, one])).values()];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
