export type { CustomerHandle } from "./bind-customer.js";
export {
  type BooleanFeature,
  type Declaration,
  feature,
  type MeteredFeature,
  type PlanOptions,
  type PriceOptions,
  type ProductOptions,
  plan,
  product,
} from "./catalog/index.js";
export {
  type CatalogIds,
  type Entitlement,
  type ErrorCode,
  isPayKitError,
  PayKitError,
  type PayKitState,
  type Snapshot,
  type SnapshotSubscription,
} from "./contract/index.js";
export { createPayKit, type PayKit } from "./create-paykit.js";
export type { PayKitEvent, PayKitEvents, PayKitEventType, PayKitListeners } from "./events.js";
export type { Identify } from "./http/identity.js";
export type { EntitledHandler, WithEntitlementOptions } from "./http/with-entitlement.js";
export { migrateDatabase } from "./migrate-database.js";
export type { Authorize, AuthorizeRequest, Identity } from "./operations/app.js";
export type { Balance } from "./operations/balance.js";
export type { Customer } from "./operations/customer.js";
export type { Item } from "./operations/items.js";
export type { RunEntitledInput, RunEntitledResult } from "./operations/run-entitled.js";
export type { PayKitOptions, StripeOptions } from "./options.js";
