export { addPeriods, type Period, periodAt, periodIndexAt, type Repeat } from "./calendar.js";
export {
  type ChangeKind,
  type CurrentPlan,
  classifyChange,
  comparePrices,
  isSameInterval,
  priceAt,
  type TargetPlan,
} from "./change.js";
export { decimalsOf } from "./currency.js";
export {
  type Entitlement,
  type EvaluateInput,
  evaluateEntitlement,
  type FeatureType,
  nextChangeAt,
} from "./entitlement.js";
export { type ErrorBody, type ErrorCode, errorStatus, isPayKitError, PayKitError } from "./errors.js";
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
  SnapshotEntitlement,
  SnapshotProduct,
  SnapshotSubscription,
  SubscriptionStatus,
  WireSnapshot,
} from "./snapshot.js";
export type { PayKitState } from "./state.js";
export type { PreviewAnswer, SubscribeAnswer, SubscribePreview, SubscribeResult } from "./subscribe.js";
