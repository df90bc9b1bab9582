import { codeFault } from "../billing/discounts.js";
import { toTerms } from "../billing/price-terms.js";
import { scheduleChange } from "../billing/schedule-change.js";
import type { SubscriptionUpdate } from "../billing/subscription-update.js";
import { itemsOf } from "../billing/track-subscription.js";
import { updateSubscription } from "../billing/update-subscription.js";
import { priceAmount } from "../engine/price-lines.js";
import type { PaymentOutcome, Problem } from "../world/hosted/payment.js";
import type { ChangePreview } from "../world/hosted/portal.js";
import type { Price } from "../world/objects/catalog.js";
import type { PortalFeatures, PortalSession } from "../world/objects/portal.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { allowedPrices, nextInvoice } from "./portal-view.js";

type Change = { priceId?: string; quantity?: number };

type ChangeContext = {
  features: PortalFeatures;
  change: Change & { promotionCode?: string };
  session: PortalSession;
};

/** What a change would cost, by doing it and taking it back. */
export function previewPortalChange(
  world: World,
  subscription: Subscription,
  context: ChangeContext,
): ChangePreview | Problem {
  const update = toUpdate(world, subscription, context);
  if ("type" in update) return update;
  const now = world.nowFor(subscription.customer);
  return world.rehearse(() => {
    const before = subscription.latest_invoice;
    const isLater = isScheduled(world, subscription, context);
    if (isLater)
      scheduleChange(world, subscription.id, {
        price: context.change.priceId,
        quantity: context.change.quantity,
      });
    else updateSubscription(world, subscription.id, { ...update, paymentBehavior: "default_incomplete" });
    const after = world.get("subscription", subscription.id);
    const billed =
      after.latest_invoice !== null && after.latest_invoice !== before
        ? world.get("invoice", after.latest_invoice)
        : null;
    const at = Math.min(...itemsOf(world, after).map((item) => item.current_period_end));
    const next = nextInvoice(world, after.id);
    const shown = billed ?? next;
    return {
      lines: shown.lines.data.map(({ description, amount }) => ({ description: description ?? "", amount })),
      dueNow: billed?.amount_due ?? 0,
      currency: after.currency,
      effectiveAt: isLater ? at : now,
      next: { amount: next.total, at },
    };
  });
}

/** Makes the change, or schedules it, as the configuration says. */
export function applyPortalChange(
  world: World,
  subscription: Subscription,
  context: ChangeContext,
): PaymentOutcome {
  const update = toUpdate(world, subscription, context);
  if ("type" in update) return update;
  if (isScheduled(world, subscription, context)) {
    scheduleChange(world, subscription.id, {
      price: context.change.priceId,
      quantity: context.change.quantity,
    });
    return { type: "done", redirectUrl: afterwards(context.session) };
  }
  updateSubscription(world, subscription.id, { ...update, paymentBehavior: "error_if_incomplete" });
  return { type: "done", redirectUrl: afterwards(context.session) };
}

function toUpdate(
  world: World,
  subscription: Subscription,
  { features, change }: ChangeContext,
): SubscriptionUpdate | Problem {
  const { subscription_update: rules } = features;
  const [item, ...others] = itemsOf(world, subscription);
  if (!rules.enabled || item === undefined || others.length > 0) return notAllowed();
  if (change.priceId !== undefined && !allowedPrices(world, features).some(({ id }) => id === change.priceId))
    return notAllowed();
  if (
    change.quantity !== undefined &&
    (change.quantity < 1 || !rules.default_allowed_updates.includes("quantity"))
  )
    return notAllowed();
  const code = change.promotionCode ? findCode(world, subscription.customer, change.promotionCode) : null;
  if (code !== null && typeof code !== "string") return code;
  return {
    items: [
      {
        id: item.id,
        ...(change.priceId === undefined ? {} : { price: change.priceId }),
        quantity: change.quantity ?? item.quantity ?? 1,
      },
    ],
    prorationBehavior: rules.proration_behavior,
    ...(rules.billing_cycle_anchor === "now" ? { anchor: "now" as const } : {}),
    ...(subscription.status === "trialing" && rules.trial_update_behavior === "end_trial"
      ? { trialEnd: "now" as const }
      : {}),
    ...(code === null ? {} : { discounts: [{ promotion_code: code }] }),
  };
}

function findCode(world: World, customer: string, text: string): string | Problem {
  const code = world
    .list("promotion_code")
    .find((one) => one.active && one.code.toLowerCase() === text.trim().toLowerCase());
  const fault = code === undefined ? "This code is invalid." : codeFault(world, code, customer);
  if (code === undefined || fault !== null)
    return { type: "problem", field: "promotionCode", message: fault ?? "" };
  return code.id;
}

/** Whether the configuration puts the change off to the period's end: a lower amount, or a shorter interval. */
function isScheduled(world: World, subscription: Subscription, { features, change }: ChangeContext): boolean {
  const conditions = features.subscription_update.schedule_at_period_end.conditions.map(({ type }) => type);
  const [item] = itemsOf(world, subscription);
  if (item === undefined || conditions.length === 0) return false;
  const [before, after] = [world.get("price", item.price), world.get("price", change.priceId ?? item.price)];
  const amount = (price: Price, quantity: number) => priceAmount(toTerms(price), String(quantity));
  const isLess = amount(after, change.quantity ?? item.quantity ?? 1) < amount(before, item.quantity ?? 1);
  const isShorter = lengthOf(after) < lengthOf(before);
  return (
    (isLess && conditions.includes("decreasing_item_amount")) ||
    (isShorter && conditions.includes("shortening_interval"))
  );
}

function lengthOf({ recurring }: Price): number {
  const days = { day: 1, week: 7, month: 30, year: 365 };
  return recurring === null ? 0 : days[recurring.interval] * recurring.interval_count;
}

/** Where the flow of a session goes when it is done; null stays in the portal. */
export function afterwards({ flow, return_url }: PortalSession): string | null {
  if (flow?.after_completion.type === "redirect")
    return flow.after_completion.redirect?.return_url ?? return_url;
  return null;
}

export function notAllowed(): Problem {
  return gone("This is not possible here.");
}

export function gone(message: string): Problem {
  return { type: "problem", field: null, message };
}
