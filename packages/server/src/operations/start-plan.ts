import { randomUUID } from "node:crypto";
import type { Plan } from "../catalog/model.js";
import type { SubscribeResult } from "../contract/index.js";
import { listUnfinished } from "../database/checkout.js";
import { toIdempotencyKey } from "../stripe/idempotency-key.js";
import { ensurePrice } from "../stripe/prices.js";
import { cancelNow, createSubscription } from "../stripe/subscriptions.js";
import type { Start } from "../subscription/decide-change.js";
import type { App } from "./app.js";
import type { Offer } from "./choose-offer.js";
import { closeCheckout, openCheckout } from "./open-checkout.js";
import type { PlannedChange, SubscribeInput } from "./plan-change.js";
import type { ReturnUrls } from "./return-urls.js";
import { besideItems } from "./schedule-plan.js";
import { nothingDue, settleCharge } from "./settle-charge.js";
import type { Change } from "./with-change.js";

export interface StartInput {
  /** Of the plan itself; add-ons are one each. Default 1. */
  quantity?: number;
  change: Change;
  planned: PlannedChange;
  start: Start;
  input: SubscribeInput;
  stripeCustomerId: string;
  urls: ReturnUrls;
}

/** A new subscription: on Stripe's page, or at once with the card on file. */
export async function startPlan(app: App, it: StartInput): Promise<SubscribeResult> {
  const { planned, start, input, stripeCustomerId, quantity = 1 } = it;
  const { client } = await app.gateway();
  for (const { id } of start.leftovers) await cancelNow(client, id);
  const items = [
    { priceId: await ensurePrice(client, planned.offer), quantity },
    ...(await besideItems(app, planned.beside)),
  ];
  if (start.isPaidOnPage) return { ...nothingDue, paymentUrl: await openPage(app, it, items) };
  await closePages(app, input.customerId, planned.offer);
  // Of what there is, and not of the click: an answer that got lost is given again instead of a second subscription.
  const known = planned.state.subscriptions.map(({ id }) => id).sort();
  const charged = await createSubscription(client, {
    stripeCustomerId,
    customerId: input.customerId,
    items,
    trialDays: start.trialDays,
    paymentMethodId: planned.state.paymentMethod?.id ?? null,
    coupon: input.coupon ?? null,
    idempotencyKey: toIdempotencyKey("subscription", stripeCustomerId, ...known),
  });
  return settleCharge(app, { charged, undo: () => cancelNow(client, charged.subscriptionId) });
}

async function openPage(
  app: App,
  { planned, start, input, stripeCustomerId, urls }: StartInput,
  items: { priceId: string; quantity: number }[],
): Promise<string> {
  const { offer } = planned;
  const { trialRequiresCard } = offer.product;
  return openCheckout(app, {
    customerId: input.customerId,
    stripeCustomerId,
    checkoutId: randomUUID(),
    offer,
    items,
    trial: start.trialDays === 0 ? null : { days: start.trialDays, requiresCard: trialRequiresCard },
    coupon: input.coupon ?? null,
    replaces: start.replaces?.subscription.id ?? null,
    urls,
  });
}

/** Nobody is to pay a second time on a page that was left open. */
async function closePages(app: App, customerId: string, { product }: Offer<Plan>): Promise<void> {
  const of = { customerId, group: product.group, productId: product.id };
  const rows = await app.database.query((orm) => listUnfinished(orm, of));
  for (const row of rows) await closeCheckout(app, row);
}
