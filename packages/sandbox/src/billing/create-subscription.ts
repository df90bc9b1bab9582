import type { CancelAtWord } from "../engine/cancel-at.js";
import type { Instant } from "../engine/instant.js";
import { cardError } from "../payments/decline.js";
import { createSetupIntent } from "../payments/setup-intent.js";
import { ApiError, invalid } from "../wire/errors.js";
import type { AnchorSettings, BillingMode, Subscription } from "../world/objects/subscription.js";
import type {
  CollectionMethod,
  Metadata,
  PaymentBehavior,
  ProrationBehavior,
} from "../world/objects/values.js";
import type { World } from "../world/world.js";
import type { ItemChange } from "./apply-items.js";
import { collectInvoice } from "./collect-invoice.js";
import type { DiscountRequest } from "./discounts.js";
import { syncEntitlements } from "./entitlements.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { firstInvoice } from "./first-invoice.js";
import { putSubscription } from "./put-subscription.js";

export type NewSubscription = {
  customer: string;
  items: readonly ItemChange[];
  trialEnd?: Instant | null;
  anchor?: Instant | null;
  anchorSettings?: AnchorSettings | null;
  billingMode?: BillingMode;
  prorationBehavior?: ProrationBehavior;
  paymentBehavior?: PaymentBehavior;
  collectionMethod?: CollectionMethod;
  daysUntilDue?: number | null;
  defaultPaymentMethod?: string | null;
  discounts?: readonly DiscountRequest[];
  checkoutSession?: string;
  cancelAt?: Instant | CancelAtWord | null;
  cancelAtPeriodEnd?: boolean;
  metadata?: Metadata;
  description?: string | null;
  trialSettings?: Partial<Subscription["trial_settings"]["end_behavior"]>;
  paymentSettings?: Partial<Subscription["payment_settings"]>;
  invoiceSettings?: Partial<Subscription["invoice_settings"]>;
  pendingInvoiceItemInterval?: Subscription["pending_invoice_item_interval"];
  /** Makes the one-off items that the first invoice has besides. */
  extraItems?: (subscription: Subscription) => void;
  isOffSession?: boolean;
  /** A payment intent that has paid the first invoice already, as checkout does. */
  paidBy?: string;
  /** The first invoice waits an hour as a draft, as those of schedules do. */
  asDraft?: boolean;
  schedule?: string | null;
};

/**
 * Begins a subscription: its first invoice is made, finalized and paid in the same breath, and its outcome is the
 * subscription's status.
 *
 * @throws ApiError 402 when the payment fails under `error_if_incomplete`; 400 without a payment method to charge
 */
export function createSubscription(world: World, given: NewSubscription): Subscription {
  const { id } = putSubscription(world, given);
  const announce = world.reserve("customer.subscription.created", world.get("subscription", id));
  const invoice = firstInvoice(world, world.get("subscription", id), given);
  if (invoice === null || waitsAsDraft(world.get("subscription", id), given)) start(world, id);
  else if (finalizeInvoice(world, invoice, given).status !== "paid") pay(world, invoice, given);
  const { status } = world.get("subscription", id);
  if (status === "trialing" && methodOf(world, id) === null) requestMethod(world, id);
  announce();
  syncEntitlements(world, given.customer);
  return world.get("subscription", id);
}

function waitsAsDraft({ collection_method }: Subscription, { asDraft }: NewSubscription): boolean {
  return asDraft === true || collection_method === "send_invoice";
}

/** Nothing stands in the way of a subscription whose first invoice is not paid at once. */
function start(world: World, id: string): void {
  if (world.get("subscription", id).status === "incomplete")
    world.change("subscription", id, { status: "active" });
}

/** With nothing due now, a card is asked for by a setup intent. */
function requestMethod(world: World, id: string): void {
  const { customer } = world.get("subscription", id);
  const intent = createSetupIntent(world, { customer, usage: "off_session", hidden: { subscription: id } });
  world.change("subscription", id, { pending_setup_intent: intent.id });
}

function methodOf(world: World, id: string): string | null {
  const { customer, default_payment_method } = world.get("subscription", id);
  return default_payment_method ?? world.get("customer", customer).invoice_settings.default_payment_method;
}

function pay(world: World, invoice: string, given: NewSubscription): void {
  const behavior = given.paymentBehavior ?? "allow_incomplete";
  if (behavior === "default_incomplete") return;
  const collection = collectInvoice(world, invoice, { isOffSession: given.isOffSession ?? false });
  if (collection.type === "no_method") {
    throw invalid(
      "This customer has no payment method to charge. Attach one, and make it the default of the customer or the subscription.",
      { code: "resource_missing" },
    );
  }
  if (behavior !== "error_if_incomplete") return;
  if (collection.type === "declined") throw cardError(collection.decline, {}, false);
  if (collection.type === "requires_action") throw actionRequired();
}

/** A 402 that leaves nothing behind. */
export function actionRequired(): ApiError {
  return new ApiError(402, {
    type: "card_error",
    code: "subscription_payment_intent_requires_action",
    message: "The payment of this subscription waits for its customer to authenticate it.",
  });
}
