import type { Entitlement, SnapshotProduct, SnapshotSubscription, UrlAnswer } from "@paykit/server/contract";
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

export function createCustomer(wire: WireCustomer, sender: Sender): PayKitCustomer {
  return {
    ...(withDates(wire) as Omit<PayKitCustomer, "getItem" | "createCheckoutUrl">),
    getItem: (itemId) => createItem(itemId, wire.entitlements[itemId]),
    createCheckoutUrl: async (options) => (await sendCommand<UrlAnswer>(sender, "/checkout", options)).url,
  };
}
