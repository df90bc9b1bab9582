import { cancelNow } from "../billing/cancel-subscription.js";
import { codeFault } from "../billing/discounts.js";
import { pauseSubscription } from "../billing/pause-operation.js";
import { isMetered, toTerms } from "../billing/price-terms.js";
import { renewSubscription } from "../billing/renew-subscription.js";
import { resumeSubscription } from "../billing/resume-operation.js";
import { scheduleChange } from "../billing/schedule-change.js";
import { itemsOf, trackSubscription } from "../billing/track-subscription.js";
import { type SubscriptionUpdate, updateSubscription } from "../billing/update-subscription.js";
import { priceAmount } from "../engine/price-lines.js";
import { enterCard } from "../payments/enter-card.js";
import { createPaymentMethod } from "../payments/payment-method.js";
import { confirmSetupIntent, createSetupIntent } from "../payments/setup-intent.js";
import { detachMethod } from "../resources/payment-methods.js";
import { ApiError } from "../wire/errors.js";
import type {
  CardEntry,
  ChangePreview,
  PaymentOutcome,
  PortalFlow,
  PortalOperations,
  PortalPrice,
  PortalSubscription,
  PortalView,
  Problem,
} from "../world/hosted.js";
import type { Price } from "../world/objects/catalog.js";
import type { PortalFeatures, PortalSession } from "../world/objects/checkout.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { Subscription } from "../world/objects/subscription.js";
import { savedCards } from "../world/saved-cards.js";
import type { World } from "../world/world.js";

type Change = { priceId?: string; quantity?: number };

/** The customer portal's side of `HostedOperations`; what its configuration does not allow is a Problem. */
export function portalOperations(world: World): PortalOperations {
  const within = <T>(
    id: string,
    work: (session: PortalSession, features: PortalFeatures) => T,
  ): T | Problem => world.transact(() => guarded(world, id, work));
  return {
    get: (id) => {
      const session = world.find("billing_portal.session", id);
      return session === undefined || !world.find("customer", session.customer) ? null : view(world, session);
    },
    cancel: (id, subscription, reason) =>
      within(id, (session, features) => {
        if (!features.subscription_cancel.enabled) return notAllowed();
        return cancel(world, own(world, session, subscription), { features, reason });
      }),
    resume: (id, subscription) => within(id, (session) => resume(world, own(world, session, subscription))),
    pause: (id, subscription) =>
      within(id, (session, features) => {
        if (!features.subscription_pause.enabled) return notAllowed();
        pauseSubscription(world, own(world, session, subscription).id, {
          invoices: false,
          unusedTimeFrom: "now",
        });
        return null;
      }),
    previewChange: (id, subscription, change) =>
      within(id, (session, features) =>
        preview(world, own(world, session, subscription), { features, change, session }),
      ),
    change: (id, subscription, change) =>
      within(id, (session, features) =>
        applyChange(world, own(world, session, subscription), { features, change, session }),
      ),
    addCard: (id, card) => within(id, (session) => addCard(world, session, card)),
    makeDefault: (id, card) => within(id, (session) => makeDefault(world, session.customer, card)),
    removeCard: (id, card) =>
      within(id, (session) => {
        if (world.find("payment_method", card)?.customer !== session.customer)
          return gone("This card is no longer there.");
        detachMethod(world, card);
        return null;
      }),
    updateCustomer: (id, change) =>
      within(id, ({ customer }, { customer_update: { enabled, allowed_updates } }) => {
        const asked = Object.entries(change).filter(([, value]) => value !== undefined);
        if (!enabled || asked.some(([field]) => !allowed_updates.includes(field))) return notAllowed();
        if (change.email !== undefined && !/^\S+@\S+\.\S+$/.test(change.email)) {
          return {
            type: "problem",
            field: "email",
            message: "Enter a valid email address.",
          } satisfies Problem;
        }
        world.track("customer", customer, "customer.updated", () =>
          world.change(
            "customer",
            customer,
            Object.fromEntries(asked.map(([field, value]) => [field, value || null])),
          ),
        );
        return null;
      }),
  };
}

function guarded<T>(
  world: World,
  id: string,
  work: (session: PortalSession, features: PortalFeatures) => T,
): T | Problem {
  const session = world.find("billing_portal.session", id);
  if (session === undefined || !world.find("customer", session.customer))
    return gone("This link is no longer valid.");
  try {
    return work(session, world.get("billing_portal.configuration", session.configuration).features);
  } catch (error) {
    if (error instanceof ApiError) return gone(error.message);
    throw error;
  }
}

function own(world: World, { customer }: PortalSession, id: string): Subscription {
  const subscription = world.find("subscription", id);
  if (subscription?.customer !== customer)
    throw new ApiError(404, { type: "invalid_request_error", message: "There is no such subscription." });
  return subscription;
}

function view(world: World, session: PortalSession): PortalView {
  const { id, name, email, phone } = world.get("customer", session.customer);
  const { features, business_profile } = world.get("billing_portal.configuration", session.configuration);
  return {
    id: session.id,
    customer: { id, name, email, phone },
    headline: business_profile.headline,
    returnUrl: session.return_url,
    flow: flowOf(session),
    subscriptions: world
      .ofCustomer("subscription", id)
      .filter(
        ({ status }) => status !== "canceled" && status !== "incomplete_expired" && status !== "incomplete",
      )
      .reverse()
      .map((one) => subscriptionView(world, one, features)),
    cards: savedCards(world, id),
    invoices: world
      .ofCustomer("invoice", id)
      .filter(({ status }) => status !== "draft")
      .reverse()
      .map((invoice) => ({
        id: invoice.id,
        number: invoice.number,
        createdAt: invoice.created,
        status: invoice.status,
        total: invoice.total,
        currency: invoice.currency,
        description: invoice.lines.data[0]?.description ?? "",
        hostedUrl: invoice.hosted_invoice_url,
      })),
    features: {
      customerUpdate: features.customer_update.enabled ? [...features.customer_update.allowed_updates] : [],
      invoiceHistory: features.invoice_history.enabled,
      paymentMethodUpdate: features.payment_method_update.enabled,
      cancel: features.subscription_cancel.enabled
        ? {
            mode: features.subscription_cancel.mode,
            reasons: features.subscription_cancel.cancellation_reason.enabled
              ? [...features.subscription_cancel.cancellation_reason.options]
              : [],
          }
        : null,
      update: features.subscription_update.enabled
        ? {
            prices: allowedPrices(world, features).map((price) => toPortalPrice(world, price)),
            allows: [...features.subscription_update.default_allowed_updates],
          }
        : null,
    },
  };
}

function subscriptionView(world: World, one: Subscription, features: PortalFeatures): PortalSubscription {
  const items = itemsOf(world, one);
  return {
    id: one.id,
    status: one.status,
    items: items.map((item) => ({
      id: item.id,
      price: toPortalPrice(world, world.get("price", item.price)),
      quantity: item.quantity ?? 1,
    })),
    currency: one.currency,
    amount: nextAmount(world, one),
    currentPeriodEnd: Math.min(...items.map((item) => item.current_period_end)),
    trialEnd: one.status === "trialing" ? one.trial_end : null,
    cancelAt: one.cancel_at,
    canResume: one.cancel_at !== null || one.status === "paused",
    canCancel: features.subscription_cancel.enabled && one.cancel_at === null,
    // One with several items cannot be changed by its customer.
    canChange:
      features.subscription_update.enabled &&
      items.length === 1 &&
      one.cancel_at === null &&
      one.schedule === null,
    canPause: features.subscription_pause.enabled && one.status === "active" && one.schedule === null,
    isPaused: one.status === "paused",
  };
}

/** What the next invoice takes, with its discounts and pending items; of one that will not renew, its price. */
function nextAmount(world: World, subscription: Subscription): number {
  const renews = subscription.cancel_at === null && ["active", "trialing"].includes(subscription.status);
  if (renews) return world.rehearse(() => nextInvoice(world, subscription.id).total);
  return itemsOf(world, subscription).reduce((sum, item) => {
    const price = world.get("price", item.price);
    return isMetered(price) ? sum : sum + priceAmount(toTerms(price), String(item.quantity ?? 1));
  }, 0);
}

/** Renews at the period's end, which is to be taken back. */
function nextInvoice(world: World, id: string): Invoice {
  const subscription = world.get("subscription", id);
  const at = Math.min(...itemsOf(world, subscription).map((item) => item.current_period_end));
  return world.at(world.timelineOf(subscription.customer), at, () =>
    world.get("invoice", renewSubscription(world, id)),
  );
}

function toPortalPrice(world: World, price: Price): PortalPrice {
  return {
    id: price.id,
    productId: price.product,
    productName: world.get("product", price.product).name,
    unitAmount: price.unit_amount,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    intervalCount: price.recurring?.interval_count ?? 1,
  };
}

function flowOf({ flow }: PortalSession): PortalFlow | null {
  if (flow === null) return null;
  const confirm = flow.subscription_update_confirm;
  const [item] = confirm?.items ?? [];
  const named = flow.subscription_cancel ?? flow.subscription_update ?? flow.subscription_pause ?? confirm;
  return {
    type: flow.type,
    subscriptionId: named?.subscription ?? null,
    change: item ? { itemId: item.id ?? "", priceId: item.price, quantity: item.quantity ?? null } : null,
    after: {
      type: flow.after_completion.type,
      returnUrl: flow.after_completion.redirect?.return_url ?? null,
      message: flow.after_completion.hosted_confirmation?.custom_message ?? null,
    },
  };
}

/**
 * At the period's end, a cancellation sets `cancel_at` under flexible billing and leaves `cancel_at_period_end` alone, as
 * Stripe's portal does.
 */
function cancel(
  world: World,
  { id, billing_mode }: Subscription,
  { features, reason }: { features: PortalFeatures; reason: { feedback?: string; comment?: string } },
): null {
  const { mode, proration_behavior } = features.subscription_cancel;
  const details = {
    ...(reason.feedback ? { feedback: reason.feedback } : {}),
    ...(reason.comment ? { comment: reason.comment } : {}),
  };
  if (mode === "immediately") {
    cancelNow(world, id, {
      reason: "cancellation_requested",
      prorate: proration_behavior !== "none",
      details,
    });
    return null;
  }
  const end: SubscriptionUpdate =
    billing_mode.type === "flexible" ? { cancelAt: "max_period_end" } : { cancelAtPeriodEnd: true };
  updateSubscription(world, id, { ...end, cancellationDetails: details });
  return null;
}

function resume(world: World, { id, status }: Subscription): null {
  if (status === "paused")
    resumeSubscription(world, id, { anchor: "now", onSuccess: true, prorationBehavior: "create_prorations" });
  else updateSubscription(world, id, { cancelAt: null });
  return null;
}

type ChangeContext = {
  features: PortalFeatures;
  change: Change & { promotionCode?: string };
  session: PortalSession;
};

function preview(world: World, subscription: Subscription, context: ChangeContext): ChangePreview | Problem {
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

function applyChange(world: World, subscription: Subscription, context: ChangeContext): PaymentOutcome {
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

function allowedPrices(world: World, { subscription_update: { products } }: PortalFeatures): Price[] {
  return (products ?? [])
    .flatMap(({ prices }) => prices.flatMap((id) => world.find("price", id) ?? []))
    .filter(({ active }) => active);
}

function addCard(world: World, session: PortalSession, entry: CardEntry): PaymentOutcome {
  const entered = enterCard(entry, world.nowFor(session.customer));
  if ("type" in entered) return entered;
  const method = createPaymentMethod(world, {
    ...entered,
    billingDetails: { name: entry.name?.trim() || null },
  });
  const intent = createSetupIntent(world, { customer: session.customer });
  const result = confirmSetupIntent(world, intent.id, { paymentMethod: method.id, returnUrl: session.url });
  if (result.type === "declined") {
    const { message, code, declineCode } = result.decline;
    return { type: "declined", message, code, declineCode };
  }
  if (result.type === "requires_action") return { type: "challenge", challengeId: intent.id };
  makeDefault(world, session.customer, method.id);
  return { type: "done", redirectUrl: afterwards(session) };
}

function makeDefault(world: World, customer: string, card: string): Problem | null {
  if (world.find("payment_method", card)?.customer !== customer) return gone("This card is no longer there.");
  world.track("customer", customer, "customer.updated", () => {
    const { invoice_settings } = world.get("customer", customer);
    world.change("customer", customer, {
      invoice_settings: { ...invoice_settings, default_payment_method: card },
    });
  });
  for (const { id, status } of world.ofCustomer("subscription", customer)) {
    if (status === "canceled" || status === "incomplete_expired") continue;
    trackSubscription(world, id, () => world.change("subscription", id, { default_payment_method: card }));
  }
  return null;
}

function afterwards({ flow, return_url }: PortalSession): string | null {
  if (flow?.after_completion.type === "redirect")
    return flow.after_completion.redirect?.return_url ?? return_url;
  return null;
}

function notAllowed(): Problem {
  return gone("This is not possible here.");
}

function gone(message: string): Problem {
  return { type: "problem", field: null, message };
}
