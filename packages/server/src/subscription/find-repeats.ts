import type { BilledPayment } from "./billed.js";
import type { FindProduct } from "./plan-lines.js";

/**
 * Payments for a product that cannot be had twice, made after the one that counts: two pages were open, and both were paid.
 * The one that counts is the first that was not given back. They give nothing, and unless that was done they are given back.
 */
export function findRepeats(payments: readonly BilledPayment[], findProduct: FindProduct): BilledPayment[] {
  const sold = new Map<string, BilledPayment[]>();
  for (const payment of payments) {
    if (!isSoldOnce(payment, findProduct)) continue;
    sold.set(payment.productId, [...(sold.get(payment.productId) ?? []), payment]);
  }
  return [...sold.values()].flatMap((same) => {
    const inOrder = same.sort(byAge);
    const counting = inOrder.findIndex(({ refundedAt }) => refundedAt === null);
    return inOrder.slice(Math.max(counting, 0) + 1);
  });
}

/** By what it was when it was paid for: money is never sent back on the word of a later version of the catalog. */
function isSoldOnce({ productId, version }: BilledPayment, findProduct: FindProduct): boolean {
  const product = findProduct(productId, version);
  return product?.kind === "product" && product.version === version && !product.stackable;
}

function byAge(a: BilledPayment, b: BilledPayment): number {
  return a.paidAt.getTime() - b.paidAt.getTime() || (a.id < b.id ? -1 : 1);
}
