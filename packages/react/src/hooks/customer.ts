import {
  type Entitlement,
  routes,
  type SnapshotProduct,
  type SnapshotSubscription,
  type UrlAnswer,
  type WithCustomer,
} from "@paykit/server/contract";
import { createIdempotencyKey } from "../client/idempotency-key.js";
import { type Sender, sendCommand } from "../client/send-command.js";
import { withDates } from "../client/with-dates.js";
import type { WireCustomer } from "../queries/select-customer.js";
import type { FeatureId, ItemId } from "../register.js";
import { createItem, type Item } from "./item.js";
import type { CheckoutOptions } from "./use-checkout.js";

/** A customer as a component sees one. */
export interface PayKitCustomer {
  id: string;
  /** The plans, among them the default plan, whose periods are null. */
  subscriptions: SnapshotSubscription[];
  entitlements: Record<FeatureId, Entitlement & { name: string }>;
  /** The one-time products that the customer owns. */
  products: SnapshotProduct[];
  /** The quantity that the customer has of a metered feature. */
  getItem: (itemId: ItemId) => Item;
  /** Creates a checkout session; rejects with a `PayKitError`. */
  createCheckoutUrl: (options: CheckoutOptions) => Promise<string>;
}

export function createCustomer({ customerId, ...wire }: WireCustomer, sender: Sender): PayKitCustomer {
  const entitlements = Object.entries(wire.entitlements).map(([id, value]) => [
    id,
    withDates(value, "nextResetAt"),
  ]);
  return {
    id: customerId,
    products: wire.products,
    subscriptions: wire.subscriptions.map((subscription) =>
      withDates(subscription, "currentPeriodStart", "currentPeriodEnd", "trialEnd", "endsAt", "scheduledAt"),
    ),
    entitlements: Object.fromEntries(entitlements),
    getItem: (itemId) => createItem(itemId, wire.entitlements[itemId]),
    createCheckoutUrl: async (options) => {
      const body = { idempotencyKey: createIdempotencyKey(), ...options };
      return (await sendCommand<UrlAnswer & Partial<WithCustomer>>(sender, routes.checkout, body)).url;
    },
  };
}
