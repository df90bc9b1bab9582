import type { Entitlement, SnapshotProduct, SnapshotSubscription } from "../contract/index.js";
import { buildHoldings, type CustomerRecord } from "../snapshot/index.js";
import type { Context } from "./context.js";

/** A customer as the server knows them. */
export interface Customer<FeatureId extends string = string> {
  id: string;
  email: string | null;
  name: string | null;
  metadata: Record<string, string>;
  /** The default plan of a group is one of them, with its periods null. */
  subscriptions: SnapshotSubscription[];
  entitlements: Record<FeatureId, Entitlement>;
  /** The one-time products that they own. */
  products: SnapshotProduct[];
}

export function toCustomer({ catalog }: Context, record: CustomerRecord): Customer {
  const { customerId: id, email, name, metadata } = record;
  return { id, email, name, metadata, ...buildHoldings({ record, catalog }) };
}
