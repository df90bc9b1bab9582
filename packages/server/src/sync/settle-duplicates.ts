import { addNotices } from "../database/notice.js";
import type { StripeClient } from "../stripe/client.js";
import { refundInvoice } from "../stripe/refunds.js";
import { cancelNow } from "../stripe/subscriptions.js";
import type { BilledState } from "../subscription/billed.js";
import { findDuplicates } from "../subscription/find-duplicates.js";
import type { SyncContext } from "./context.js";
import { findProducts } from "./find-product.js";

export interface SettleInput {
  customerId: string;
  client: StripeClient;
  state: BilledState;
  context: SyncContext;
}

/**
 * Ends at Stripe what was sold twice and gives the money back; true when there was nothing to do. Both steps may be
 * repeated, so a crash in between is made good by the next read.
 */
export async function settleDuplicates({
  customerId,
  client,
  state,
  context,
}: SettleInput): Promise<boolean> {
  const findProduct = await context.database.query((orm) => findProducts(orm, context.catalog, state));
  const duplicates = findDuplicates(state, findProduct);
  for (const { subscription, plan, isRefunded } of duplicates) {
    // Money first: a canceled subscription is not looked at again.
    const invoiceId = isRefunded ? subscription.latestInvoiceId : null;
    const amount = invoiceId === null ? 0 : await refundInvoice(client, invoiceId);
    if (isRefunded && context.listensTo("subscription.canceled")) {
      const facts = { planId: plan.id, status: "canceled", reason: "duplicate", refundedAmount: amount };
      const noticeId = `subscription.canceled:${subscription.id}`;
      await context.database.query((orm) =>
        addNotices(orm, [{ customerId, noticeId, type: "subscription.canceled", facts }]),
      );
    }
    await cancelNow(client, subscription.id, { creditsRest: !isRefunded });
    if (!isRefunded) continue;
    context.log.warn(
      `paykit: ${subscription.id} was a second subscription of one group; it was canceled and ${amount} minor units were refunded`,
    );
  }
  return duplicates.length === 0;
}
