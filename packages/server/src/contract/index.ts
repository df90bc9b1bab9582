export { addPeriods, type Period, periodAt, periodIndexAt, type Repeat } from "./calendar.js";
export {
  type ChangeKind,
  type CurrentPlan,
  classifyChange,
  comparePrices,
  isSameInterval,
  priceAt,
  type TargetPlan,
  waitsForEnd,
} from "./change.js";
export { decimalsOf } from "./currency.js";
export {
  allows,
  type Entitlement,
  type EntitlementState,
  type FeatureType,
} from "./entitlement.js";
export { type ErrorBody, type ErrorCode, errorStatus, isPayKitError, PayKitError } from "./errors.js";
export { type EvaluateInput, evaluateEntitlement, foreseeEntitlement } from "./evaluate.js";
export {
  type Grant,
  hasExpired,
  hasStarted,
  type Instant,
  isDebt,
  isLive,
  nextResetAt,
  settle,
  toTime,
} from "./grant.js";
export type { CatalogIds, WithCatalogIds } from "./infer.js";
export type { Invoice, InvoicesAnswer } from "./invoice.js";
export { listPlanChanges, type PlanChange, type PlanChangesInput } from "./plan-changes.js";
export type { PublicInclude, PublicPrice, PublicProduct } from "./products.js";
export {
  type CheckoutBody,
  defaultBasePath,
  type PortalBody,
  type PriceInterval,
  type ProductsAnswer,
  routes,
  type SubscribeBody,
  type UrlAnswer,
  type WithCustomer,
} from "./routes.js";
export type {
  Snapshot,
  SnapshotProduct,
  SnapshotSubscription,
  SubscriptionStatus,
  WireSnapshot,
} from "./snapshot.js";
export type { PayKitState } from "./state.js";
export type { PreviewAnswer, SubscribeAnswer, SubscribePreview, SubscribeResult } from "./subscribe.js";
export { type EntitlementStep, entitlementAt, type SnapshotEntitlement } from "./timeline.js";
