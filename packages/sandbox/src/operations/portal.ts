import { cancelNow } from "../billing/cancel-subscription.js";
import { pauseSubscription } from "../billing/pause-operation.js";
import { resumeSubscription } from "../billing/resume-operation.js";
import type { SubscriptionUpdate } from "../billing/subscription-update.js";
import { trackSubscription } from "../billing/track-subscription.js";
import { updateSubscription } from "../billing/update-subscription.js";
import { enterCard } from "../payments/enter-card.js";
import { createPaymentMethod } from "../payments/payment-method.js";
import { confirmSetupIntent, createSetupIntent } from "../payments/setup-intent.js";
import { detachMethod } from "../resources/payment-methods.js";
import { ApiError } from "../wire/errors.js";
import type { CardEntry, PaymentOutcome, Problem } from "../world/hosted/payment.js";
import type { PortalOperations } from "../world/hosted/portal.js";
import type { PortalFeatures, PortalSession } from "../world/objects/portal.js";
import type { Subscription } from "../world/objects/subscription.js";
import type { World } from "../world/world.js";
import { afterwards, applyPortalChange, gone, notAllowed, previewPortalChange } from "./portal-change.js";
import { portalView } from "./portal-view.js";

/** The customer portal's side of `HostedOperations`; what its configuration does not allow is a Problem. */
export function portalOperations(world: World): PortalOperations {
  const within = <T>(
    id: string,
    work: (session: PortalSession, features: PortalFeatures) => T,
  ): T | Problem => world.transact(() => guarded(world, id, work));
  return {
    get: (id) => {
      const session = world.find("billing_portal.session", id);
      return session === undefined || !world.find("customer", session.customer)
        ? null
        : portalView(world, session);
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
        previewPortalChange(world, own(world, session, subscription), { features, change, session }),
      ),
    change: (id, subscription, change) =>
      within(id, (session, features) =>
        applyPortalChange(world, own(world, session, subscription), { features, change, session }),
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
