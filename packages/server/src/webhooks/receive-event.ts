import { isEventProcessed, recordEvent } from "../database/event.js";
import { addNotices } from "../database/notice.js";
import { findCustomerByStripeId } from "../database/sync-state.js";
import { findChargedCustomer } from "../stripe/find-customer.js";
import type { Gateway } from "../stripe/gateway.js";
import { verifyEvent, type WebhookEvent } from "../stripe/webhook-event.js";
import type { BilledState } from "../subscription/billed.js";
import type { SyncContext } from "../sync/context.js";
import { deliverAllNotices, type Tell } from "../sync/deliver-notices.js";
import type { SyncCustomer } from "../sync/sync-customer.js";
import { describeEvent } from "./describe-event.js";
import { eventTypes } from "./event-types.js";

export interface WebhookContext extends SyncContext {
  sync: SyncCustomer;
  tell: Tell;
  /** Makes good what a change had to leave undone until this event. */
  finish: (customerId: string, state: BilledState | null) => Promise<void>;
}

export interface ReceivedRequest {
  body: string;
  signature: string | null;
}

/**
 * One delivery by Stripe: verify, read the customer again, tell the app, and only then write down that the event is done.
 * Whatever fails or dies before that leaves the event to Stripe's next attempt, and every step may be repeated.
 * Errors: SIGNATURE_MISSING, SIGNATURE_INVALID, and whatever kept it from being applied.
 */
export async function receiveEvent(context: WebhookContext, request: ReceivedRequest): Promise<void> {
  const gateway = await context.gateway();
  const { webhookSecret: secret } = gateway;
  const event = await verifyEvent(gateway.client, { ...request, secret });
  if (!eventTypes.has(event.type)) return;
  if (await context.database.query((orm) => isEventProcessed(orm, event.id))) return;
  const customerId = await findCustomer(context, gateway, event);
  if (customerId !== null) await applyEvent(context, customerId, event);
  await context.database.query((orm) =>
    recordEvent(orm, { eventId: event.id, customerId, type: event.type }),
  );
}

/** Null for a customer of somebody else's: several apps may share one Stripe account. */
async function findCustomer(
  { database }: WebhookContext,
  { client }: Gateway,
  event: WebhookEvent,
): Promise<string | null> {
  const { chargeId } = event;
  const stripeCustomerId =
    event.stripeCustomerId ?? (chargeId === null ? null : await findChargedCustomer(client, chargeId));
  if (stripeCustomerId === null) return null;
  return database.query((orm) => findCustomerByStripeId(orm, stripeCustomerId));
}

async function applyEvent(context: WebhookContext, customerId: string, event: WebhookEvent): Promise<void> {
  const { database, tell } = context;
  const state = await context.sync(customerId);
  await context.finish(customerId, state);
  const meaning = eventTypes.get(event.type);
  if (state !== null && meaning !== undefined && meaning !== "customer" && context.listensTo(meaning)) {
    const facts = await describeEvent(context, { meaning, event, state });
    const noticeId = `${meaning}:${event.id}`;
    if (facts !== null) {
      await database.query((orm) => addNotices(orm, [{ customerId, noticeId, type: meaning, facts }]));
    }
  }
  await deliverAllNotices({ database, customerId, tell });
}
