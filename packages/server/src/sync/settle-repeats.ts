import { refundPayment } from "../stripe/refunds.js";
import { findRepeats } from "../subscription/find-repeats.js";
import { findProducts } from "./find-product.js";
import type { SettleInput } from "./settle-duplicates.js";

/**
 * Gives back what was paid a second time for a product that cannot be had twice; true when there was nothing to do. It may
 * be repeated, so a crash in between is made good by the next read. Writing what that read finds tells the app.
 */
export async function settleRepeats({ customerId, client, state, context }: SettleInput): Promise<boolean> {
  const findProduct = await context.database.query((orm) => findProducts(orm, context.catalog, state));
  const repeats = findRepeats(state.payments, findProduct).filter(({ refundedAt }) => refundedAt === null);
  for (const { productId, amount, paymentIntentId } of repeats) {
    if (paymentIntentId === null) continue;
    await refundPayment(client, paymentIntentId);
    context.log.warn(
      `paykit: customer ${customerId}: "${productId}" was paid for twice and cannot be had twice; ${amount} minor units were refunded`,
    );
  }
  return repeats.every(({ paymentIntentId }) => paymentIntentId === null);
}
