import { getInvoiceFacts } from "../stripe/invoices.js";
import type { WebhookEvent } from "../stripe/webhook-event.js";
import type { BilledState } from "../subscription/billed.js";
import type { SyncContext } from "../sync/context.js";
import type { EventMeaning } from "./event-types.js";

export interface DescribeEventInput {
  meaning: Exclude<EventMeaning, "customer">;
  event: WebhookEvent;
  state: BilledState;
}

/** What the app is told, from what Stripe says now; null when it is no longer true. */
export async function describeEvent(
  context: SyncContext,
  { meaning, event, state }: DescribeEventInput,
): Promise<Record<string, unknown> | null> {
  return meaning === "trial.ending" ? describeTrial(event, state) : describePayment(context, event);
}

function describeTrial({ objectId }: WebhookEvent, state: BilledState): Record<string, unknown> | null {
  const subscription = state.subscriptions.find(({ id, status }) => id === objectId && status === "trialing");
  if (subscription === undefined) return null;
  const planIds = subscription.items.flatMap(({ priceId }) => state.prices.get(priceId)?.productId ?? []);
  return { planId: planIds[0] ?? null, trialEnd: subscription.trialEnd?.toISOString() ?? null };
}

async function describePayment(
  { gateway }: SyncContext,
  { objectId }: WebhookEvent,
): Promise<Record<string, unknown> | null> {
  if (objectId === null) return null;
  const { client } = await gateway();
  const invoice = await getInvoiceFacts(client, objectId);
  if (invoice === null || invoice.status === "paid") return null;
  return {
    amount: invoice.amountDue,
    currency: invoice.currency,
    attempt: invoice.attemptCount,
    nextAttemptAt: invoice.nextAttemptAt?.toISOString() ?? null,
    payUrl: invoice.hostedUrl,
  };
}
