import { isMetered, toTerms } from "../billing/price-terms.js";
import { renewSubscription } from "../billing/renew-subscription.js";
import { itemsOf } from "../billing/track-subscription.js";
import { priceAmount } from "../engine/price-lines.js";
import type { PortalFlow, PortalPrice, PortalSubscription, PortalView } from "../world/hosted/portal.js";
import type { Price } from "../world/objects/catalog.js";
import type { Invoice } from "../world/objects/invoice.js";
import type { PortalFeatures, PortalSession } from "../world/objects/portal.js";
import type { Subscription } from "../world/objects/subscription.js";
import { savedCards } from "../world/saved-cards.js";
import type { World } from "../world/world.js";

export function portalView(world: World, session: PortalSession): PortalView {
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

export function allowedPrices(world: World, { subscription_update: { products } }: PortalFeatures): Price[] {
  return (products ?? [])
    .flatMap(({ prices }) => prices.flatMap((id) => world.find("price", id) ?? []))
    .filter(({ active }) => active);
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
export function nextInvoice(world: World, id: string): Invoice {
  const subscription = world.get("subscription", id);
  const at = Math.min(...itemsOf(world, subscription).map((item) => item.current_period_end));
  return world.at(world.timelineOf(subscription.customer), at, () =>
    world.get("invoice", renewSubscription(world, id)),
  );
}
